#include "tests/tidy/rules.hpp"

namespace whistlestop::tidy {

const std::vector<Ban>& bans() {
    static const std::vector<Ban> list = {
        {{"std::cout", "std::cerr", "std::clog", "printf(", "fprintf(", "puts(", "fputs("},
         "log a line with common/obs; a command prints with fmt"},
        {{"fmt::print"},
         "log a line with common/obs; commands, tests and the last line of a dying process may print",
         Where::code,
         {"services/whistlestop", "services/optout/training", "load-tests", "tests", "common/base/check.hpp",
          "common/state/rocks_store.cpp"}},
        {{"system_clock::now", "high_resolution_clock::now", "clock_gettime", "gettimeofday", "time(nullptr)",
          "time(NULL)", "time(0)"},
         "the Clock you were handed (common/base/clock.hpp)",
         Where::code,
         {"common/base/clock.cpp", "load-tests"}},
        {{"steady_clock::now"},
         "the Clock you were handed (common/base/clock.hpp); only common/http, on Asio's timers, shares theirs",
         Where::code,
         {"common/base/clock.cpp", "common/http", "load-tests"}},
        {{"sleep_for", "sleep_until", "usleep", "nanosleep", "sleep("},
         "a timer of the runtime, a manual clock, a condition to wait for"},
        {{"detach()"}, "an owner that stops and joins it"},
        {{"detached"}, "a completion handler that looks at the exception"},
        {{"rand()"}, "a seeded generator that the caller hands over"},
        {{"std::endl"}, "'\\n'"},
        {{"using namespace std;"}, "the names you use"},
        {{"TODO", "FIXME", "XXX"}, "an issue; the tree holds what is done", Where::text},
        {{"/work/", "/home/", "/root/", "/tmp/ws"},
         "a path from the root of the project, a setting, a folder that the test makes",
         Where::text},
        {{"registry.npmjs.org", "npmjs.com", "pypi.org", "pythonhosted.org", "crates.io", "proxy.golang.org",
          "deb.debian.org", "repo.maven.apache.org", "ghcr.io", "docker.io"},
         "the package's name alone; where it is fetched from is the machine's setting",
         Where::text},
    };
    return list;
}

}  // namespace whistlestop::tidy

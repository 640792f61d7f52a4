#include "tests/tidy/rules.hpp"

namespace whistlestop::tidy {
namespace {

constexpr std::string_view logger = "log a line with common/obs; a command prints with fmt in services/whistlestop";
constexpr std::string_view clock = "the Clock you were handed (common/base/clock.hpp)";
constexpr std::string_view timer = "a timer of the runtime, a manual clock or a condition to wait for";
constexpr std::string_view owner = "an owner that stops and joins it";
constexpr std::string_view issue = "file an issue; the tree holds what is done";
constexpr std::string_view machine = "a path from the root of the project, a setting or a folder that the test makes";
constexpr std::string_view registry = "name the package alone; where it is fetched from is the machine's setting";

std::vector<Ban> all() {
    std::vector<Ban> bans = {
        {"detached", "a completion handler that looks at the exception"},
        {"detach()", owner},
        {"std::endl", "'\\n'"},
        {"rand()", "a seeded generator that the caller hands over"},
        {"using namespace std", "name what you use"},
        {"fmt::print",
         "log a line with common/obs",
         Where::code,
         {"services/whistlestop", "load-tests", "tests", "common/base/check.hpp"}},
    };
    const auto ban = [&](std::initializer_list<std::string_view> uses, const Ban& like) {
        for (const std::string_view use : uses) bans.emplace_back(use, like.instead, like.where, like.allowed);
    };
    ban({"std::cout", "std::cerr", "std::clog", "printf(", "fprintf(", "puts(", "fputs("}, {"", logger});
    ban({"system_clock::now", "steady_clock::now", "high_resolution_clock::now", "clock_gettime", "gettimeofday",
         "time(nullptr)", "time(NULL)", "time(0)"},
        {"", clock, Where::code, {"common/base/clock.cpp", "load-tests"}});
    ban({"sleep_for", "sleep_until", "usleep", "nanosleep", "sleep("}, {"", timer});
    ban({"TODO", "FIXME", "XXX"}, {"", issue, Where::text});
    ban({"/work/", "/home/", "/root/", "/tmp/ws"}, {"", machine, Where::text});
    ban({"registry.npmjs.org", "npmjs.com", "pypi.org", "pythonhosted.org", "crates.io", "proxy.golang.org",
         "deb.debian.org", "repo.maven.apache.org", "ghcr.io", "docker.io"},
        {"", registry, Where::text});
    return bans;
}

}  // namespace

const std::vector<Ban>& bans() {
    static const std::vector<Ban> list = all();
    return list;
}

}  // namespace whistlestop::tidy

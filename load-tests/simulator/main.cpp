// whistlestop-simulator: a carrier over real HTTP, and people with phones. See README.md.

#include <CLI/CLI.hpp>
#include <fmt/core.h>

#include <cstdio>
#include <cstdlib>
#include <exception>
#include <string>

#include "load-tests/simulator/config.hpp"
#include "load-tests/simulator/simulator.hpp"

int main(int count, char** arguments) {
    CLI::App app{"A carrier over real HTTP, and people with phones, for tests and load tests of a text gateway."};
    std::string path;
    app.add_option("--config", path, "JSON file; load-tests/simulator/README.md describes it")->required();
    CLI11_PARSE(app, count, arguments);

    try {
        simulator::Simulator simulator{simulator::load_config(path)};
        fmt::print("listening={}\n", simulator.port());
        std::fflush(stdout);
        simulator.run();
        return EXIT_SUCCESS;
    } catch (const std::exception& error) {
        fmt::print(stderr, "event=simulator_failed cause=\"{}\"\n", error.what());
        return EXIT_FAILURE;
    }
}

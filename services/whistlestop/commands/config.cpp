#include "services/whistlestop/config.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <memory>
#include <string>

#include "services/whistlestop/classifier.hpp"
#include "services/whistlestop/commands/commands.hpp"

namespace whistlestop::commands {
namespace {

int check_config(const std::string& file) {
    const auto config = load_config(file, from_environment);
    if (!config) {
        fmt::print(stderr, "{}\n", config.error().detail);
        return 1;
    }
    if (const auto classifier = load_classifier(config->optout.model); !classifier) {
        fmt::print(stderr, "optout.model: {}\n", classifier.error().detail);
        return 1;
    }
    fmt::print("{}", describe(*config));
    return 0;
}

}  // namespace

void add_config(CLI::App& app, Chosen& chosen) {
    CLI::App& config = *app.add_subcommand("config", "Look at a configuration.");
    config.require_subcommand(1);
    CLI::App& check = *config.add_subcommand(
        "check", "Says what is wrong with a configuration, and exits 1; else shows all of it, secrets hidden.");
    const auto file = std::make_shared<std::string>();
    check.add_option("FILE", *file, "The configuration, in TOML.")->required();
    check.callback([file, &chosen] { chosen = [file] { return check_config(*file); }; });
}

}  // namespace whistlestop::commands

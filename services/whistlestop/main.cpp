// whistlestop: the one program. Its commands are in commands/; here they are put together.

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <memory>
#include <string>
#include <vector>

#include "common/wire/envelope.hpp"
#include "services/whistlestop/commands/commands.hpp"

namespace whistlestop::commands {
namespace {

constexpr int usage_error = 2;

// `help COMMAND…`, for those who do not guess `COMMAND --help`.
int print_help(CLI::App& app, const std::vector<std::string>& names) {
    CLI::App* command = &app;
    std::string parents;
    for (const std::string& name : names) {
        const auto found = command->get_subcommands([&](CLI::App* candidate) { return candidate->check_name(name); });
        if (found.empty()) {
            fmt::print(stderr, "no such command: {}\n", name);
            return usage_error;
        }
        parents += (parents.empty() ? "" : " ") + command->get_name();
        command = found.front();
    }
    fmt::print("{}", command->help(parents));
    return 0;
}

void add_help(CLI::App& app, Chosen& chosen) {
    CLI::App& help = *app.add_subcommand("help", "Explains a command.");
    const auto names = std::make_shared<std::vector<std::string>>();
    help.add_option("COMMAND", *names, "The command, and its own command if it has some.");
    help.callback([names, &app, &chosen] { chosen = [names, &app] { return print_help(app, *names); }; });
}

int run(int argument_count, const char* const* arguments) {
    silence_protobuf();
    CLI::App app{"An event-driven SMS gateway for campaign texting.", "whistlestop"};
    app.set_version_flag("--version", std::string{"whistlestop "} + WHISTLESTOP_VERSION);
    app.require_subcommand(1);
    Chosen chosen;
    add_all(app, chosen);
    add_dev(app, chosen);
    add_topics(app, chosen);
    add_segments(app, chosen);
    add_classify(app, chosen);
    add_config(app, chosen);
    add_help(app, chosen);
    try {
        app.parse(argument_count, arguments);
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? 0 : usage_error;
    }
    return chosen();
}

}  // namespace
}  // namespace whistlestop::commands

int main(int argument_count, char** arguments) { return whistlestop::commands::run(argument_count, arguments); }

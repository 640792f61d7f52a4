#include "common/domain/segments.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "services/whistlestop/commands/commands.hpp"
#include "services/whistlestop/commands/text_lines.hpp"

namespace whistlestop::commands {
namespace {

std::string answer(std::string_view text) {
    const Segments segments = count_segments(text);
    return fmt::format(R"({{"encoding":"{}","units":{},"segments":{}}})", name_of(segments.encoding), segments.units,
                       segments.segments);
}

}  // namespace

void add_segments(CLI::App& app, Chosen& chosen) {
    CLI::App& segments = *app.add_subcommand(
        "segments", R"(Reads {"text": ...} per line; answers {"encoding", "units", "segments"} per line.)");
    segments.callback([&chosen] { chosen = [] { return answer_texts(answer); }; });
}

}  // namespace whistlestop::commands

#include <CLI/CLI.hpp>

#include <ctime>
#include <memory>

#include "common/base/check.hpp"
#include "services/optout/classify/answer.hpp"
#include "services/optout/classify/built_in_model.hpp"
#include "services/optout/classify/classifier.hpp"
#include "services/whistlestop/commands/commands.hpp"
#include "services/whistlestop/commands/text_lines.hpp"

namespace whistlestop::commands {
namespace {

namespace classify = optout::classify;

int classify_lines() {
    auto model = classify::parse_model(classify::built_in_model());
    check(model.has_value());
    const classify::Classifier classifier{*std::move(model)};
    const auto scratch = std::make_unique<classify::Scratch>();
    return answer_texts([&](std::string_view text) {
        const std::clock_t begin = std::clock();  // processor time: what else runs on the machine is not counted
        const classify::Verdict verdict = classifier.classify(text, *scratch);
        const auto ticks = static_cast<double>(std::clock() - begin);
        return classify::to_json(verdict, ticks * 1e6 / CLOCKS_PER_SEC);
    });
}

}  // namespace

void add_classify(CLI::App& app, Chosen& chosen) {
    CLI::App& command = *app.add_subcommand(
        "classify",
        R"(Reads {"text": ...} per line; answers {"label", "action", "score", "us", "rule", "evidence"} per line.)");
    command.callback([&chosen] { chosen = classify_lines; });
}

}  // namespace whistlestop::commands

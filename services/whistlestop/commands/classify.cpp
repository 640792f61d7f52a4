#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <ctime>
#include <memory>

#include "services/optout/classify/answer.hpp"
#include "services/optout/classify/classifier.hpp"
#include "services/whistlestop/classifier.hpp"
#include "services/whistlestop/commands/commands.hpp"
#include "services/whistlestop/commands/text_lines.hpp"

namespace whistlestop::commands {
namespace {

namespace classify = optout::classify;

int classify_lines(const std::string& model_file) {
    const auto classifier = load_classifier(model_file);
    if (!classifier) {
        fmt::print(stderr, "{}\n", classifier.error().detail);
        return 1;
    }
    const auto scratch = std::make_unique<classify::Scratch>();
    return answer_texts([&](std::string_view text) {
        const std::clock_t begin = std::clock();  // processor time: what else runs on the machine is not counted
        const classify::Verdict verdict = (*classifier)->classify(text, *scratch);
        const auto ticks = static_cast<double>(std::clock() - begin);
        return classify::to_json(verdict, ticks * 1e6 / CLOCKS_PER_SEC);
    });
}

}  // namespace

void add_classify(CLI::App& app, Chosen& chosen) {
    CLI::App& command = *app.add_subcommand(
        "classify",
        R"(Reads {"text": ...} per line; answers {"label", "action", "score", "us", "rule", "evidence"} per line.)");
    const auto model = std::make_shared<std::string>();
    command.add_option("--model", *model, "A model file; by default the one that the program was built with.");
    command.callback([model, &chosen] { chosen = [model] { return classify_lines(*model); }; });
}

}  // namespace whistlestop::commands

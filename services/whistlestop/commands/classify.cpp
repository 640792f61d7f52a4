#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <ctime>
#include <memory>
#include <string>
#include <vector>

#include "services/optout/classify/answer.hpp"
#include "services/optout/classify/classifier.hpp"
#include "services/whistlestop/classifier.hpp"
#include "services/whistlestop/commands/commands.hpp"
#include "services/whistlestop/commands/text_lines.hpp"

namespace whistlestop::commands {
namespace {

namespace classify = optout::classify;

struct Options {
    std::string model;
    bool explain = false;
    std::vector<std::string> texts;
};

class Answers {
public:
    Answers(const classify::Classifier& classifier, bool explains) : classifier_{classifier}, explains_{explains} {}

    std::string operator()(std::string_view text) const {
        const std::clock_t begin = std::clock();  // processor time: what else runs on the machine is not counted
        const classify::Verdict verdict = classifier_.classify(text, *scratch_);
        const auto ticks = static_cast<double>(std::clock() - begin);
        if (explains_) return classify::explain(classifier_, verdict, *scratch_);
        return classify::to_json(verdict, ticks * 1e6 / CLOCKS_PER_SEC);
    }

private:
    const classify::Classifier& classifier_;
    bool explains_;
    std::unique_ptr<classify::Scratch> scratch_ = std::make_unique<classify::Scratch>();
};

int run(const Options& options) {
    const auto classifier = load_classifier(options.model);
    if (!classifier) {
        fmt::print(stderr, "{}\n", classifier.error().detail);
        return 1;
    }
    const Answers answers{**classifier, options.explain};
    if (options.texts.empty()) return answer_texts([&](std::string_view text) { return answers(text); });
    for (const std::string& text : options.texts) fmt::print("{}\n", answers(text));
    return 0;
}

}  // namespace

void add_classify(CLI::App& app, Chosen& chosen) {
    CLI::App& command = *app.add_subcommand(
        "classify",
        R"(Reads {"text": ...} per line; answers {"label", "action", "score", "us", "rule", "evidence"} per line.)");
    const auto options = std::make_shared<Options>();
    command.add_option("--model", options->model, "A model file; by default the one that the program was built with.");
    command.add_flag("--explain", options->explain, "Show a person the layers at work instead. Shows the text.");
    command.add_option("text", options->texts, "Texts to classify instead of lines on stdin.");
    command.callback([options, &chosen] { chosen = [options] { return run(*options); }; });
}

}  // namespace whistlestop::commands

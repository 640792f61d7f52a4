#pragma once
// Grammar: our own wording, written as lines with choices, expanded into examples.
//
// A file holds slots and kinds. `@slot name` is followed by one alternative per line. `# label lang kind` opens a kind;
// each line below is one phrase: `(one|other|)` chooses, `{slot}` inserts, `\n` is a line break. A phrase gives as many
// different examples as it has to give, up to a bound, all drawn from the seed.

#include <cstdint>
#include <map>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "common/base/result.hpp"
#include "services/optout/classify/labels.hpp"

namespace whistlestop::optout::classify {

struct Example {
    std::string text;
    Label label = Label::normal;
    std::string lang;
    std::string kind;
    bool hard = false;
    float weight = 1;
    std::uint32_t phrase = 0;  // of the grammar; what was said in the same way shares it
};

using Random = std::mt19937_64;

// A number below `bound`, the same on every platform.
[[nodiscard]] inline std::size_t below(Random& random, std::size_t bound) { return random() % bound; }
[[nodiscard]] inline bool chance(Random& random, unsigned percent) { return random() % 100 < percent; }

class Grammar {
public:
    // Fault::invalid names the line that cannot be read.
    [[nodiscard]] Result<void> read(std::string_view name, std::string_view content);

    [[nodiscard]] std::vector<Example> expand(Random& random) const;
    // Everything that is written in it, choices side by side; not what is misspelt on purpose, nor what asks out: that
    // is misspelt by many. What has choices was weighed word by word and stands twice.
    [[nodiscard]] std::vector<std::string> wording() const;
    [[nodiscard]] std::size_t phrase_count() const { return phrases_.size(); }

private:
    struct Phrase {
        Example head;
        std::string pattern;
    };

    // The largest group of choices takes them in turn, so that none is left out; the others draw.
    struct Turn {
        std::size_t number = 0;
        std::size_t largest = 0;
    };
    [[nodiscard]] std::string one(std::string_view pattern, Random& random, const Turn& turn, int depth) const;
    // How many different examples a pattern can give, at most `bound`.
    [[nodiscard]] std::size_t variety(std::string_view pattern, int depth) const;

    std::map<std::string, std::vector<std::string>, std::less<>> slots_;
    std::vector<Phrase> phrases_;
};

[[nodiscard]] Result<Label> label_named(std::string_view name);

}  // namespace whistlestop::optout::classify

#include "services/optout/classify/normalise.hpp"

#include <algorithm>

#include "services/optout/classify/noise.hpp"
#include "services/optout/classify/repair.hpp"
#include "services/optout/classify/scan.hpp"
#include "services/optout/classify/signature.hpp"

namespace whistlestop::optout::classify {
namespace {

bool shouts(std::string_view message) {
    const auto capital = [](char c) { return c >= 'A' && c <= 'Z'; };
    const auto small = [](char c) { return c >= 'a' && c <= 'z'; };
    return std::ranges::count_if(message, capital) >= 4 && std::ranges::none_of(message, small);
}

// One word per line is one sentence written for effect.
void unstack(Text& text) {
    if (text.token_count < 3) return;
    const auto end = text.tokens.begin() + text.token_count;
    if (std::any_of(text.tokens.begin(), end, [](const Token& t) { return t.after != Break::sentence; })) return;
    std::for_each(text.tokens.begin(), end - 1, [](Token& t) { t.after = Break::none; });
}

void mark_sentences(Text& text) {
    std::uint16_t first = 0;
    for (std::uint16_t i = 0; i < text.token_count; ++i) {
        const Break after = text.tokens[i].after;
        const bool last = i + 1U == text.token_count;
        if (!last && (after == Break::none || text.sentence_count + 1U == Text::sentence_max)) continue;
        text.sentences[text.sentence_count++] = {first, static_cast<std::uint16_t>(i + 1), after == Break::question};
        first = static_cast<std::uint16_t>(i + 1);
    }
}

}  // namespace

void normalise(std::string_view message, const Lexicon& lexicon, const WordSet& real_words, Text& out) {
    out.clear();
    const Written written = strip_noise(message);
    out.reaction = written.reaction;
    out.quoted = written.quoted;
    for (std::size_t i = 0; i < written.part_count; ++i) scan(written.parts[i], message.data(), out);
    out.all_capitals = written.part_count > 0 && shouts(written.parts[0]);
    do repair(lexicon, real_words, out);
    while (cut_device_signature(out));  // what is left is shorter, and short messages are repaired more boldly
    unstack(out);
    mark_sentences(out);
    cut_closing(out);
}

}  // namespace whistlestop::optout::classify

#include "services/optout/classify/signature.hpp"

#include <algorithm>
#include <array>

namespace whistlestop::optout::classify {
namespace {

using std::string_view;

using Opening = std::array<string_view, 3>;  // an empty word: none is needed
constexpr Opening openings[] = {
    {"sent", "from", "my"},        {"sent", "from", "yahoo"},       {"sent", "from", "outlook"},
    {"sent", "from", "proton"},    {"sent", "from", "mail"},        {"get", "outlook", "for"},
    {"enviado", "desde", "mi"},    {"enviado", "de", "mi"},         {"envoye", "de", "mon"},
    {"sent", "with", "slam"},      {"sent", "with", "loud"},        {"sent", "with", "gentle"},
    {"sent", "with", "invisible"}, {"sent", "with", "echo"},        {"sent", "with", "confetti"},
    {"sent", "with", "balloons"},  {"sent", "with", "lasers"},      {"sent", "with", "fireworks"},
    {"sent", "with", "spotlight"}, {"sent", "with", "celebration"}, {"please", "excuse", "typos"},
    {"enviado", "con", "efecto"},
};

constexpr std::array opening_hashes{word_hash("sent"), word_hash("get"), word_hash("enviado"), word_hash("envoye"),
                                    word_hash("please")};

bool opens(const Text& text, std::size_t at, const Opening& opening) {
    for (std::size_t k = 0; k < opening.size(); ++k) {
        if (at + k >= text.token_count || text.word(at + k) != opening[k]) return false;
    }
    return true;
}

constexpr std::array<string_view, 9> closings{"best",    "regards", "sincerely",   "cheers",      "thanks",
                                              "gracias", "saludos", "atentamente", "respectfully"};

bool is_closing(const Text& text, const Sentence& sentence) {
    const std::size_t words = static_cast<std::size_t>(sentence.last - sentence.first);
    return words <= 2 && !sentence.question &&
           std::ranges::find(closings, text.word(sentence.last - std::size_t{1})) != closings.end();
}

// A name: at most three words that no lexicon knows.
bool is_name(const Text& text, const Sentence& sentence) {
    if (sentence.last - sentence.first > 3 || sentence.question) return false;
    const auto first = text.tokens.begin();
    return std::all_of(first + sentence.first, first + sentence.last, [](const Token& token) {
        return (token.id == 0 && token.kind == TokenKind::word) || token.size == 1;
    });
}

}  // namespace

bool cut_device_signature(Text& text) {
    for (std::size_t at = 1; at + 2 < text.token_count; ++at) {
        const std::uint64_t hash = text.tokens[at].hash;
        if (std::ranges::find(opening_hashes, hash) == opening_hashes.end()) continue;
        const auto matches = [&](const Opening& opening) { return opens(text, at, opening); };
        if (std::ranges::none_of(openings, matches)) continue;
        text.token_count = static_cast<std::uint16_t>(at);
        text.tokens[at - 1].after = Break::sentence;
        return true;
    }
    return false;
}

void cut_closing(Text& text) {
    while (text.sentence_count >= 3) {
        const Sentence& name = text.sentences[text.sentence_count - 1U];
        const Sentence& closing = text.sentences[text.sentence_count - 2U];
        if (!is_name(text, name) || !is_closing(text, closing)) return;
        text.token_count = closing.first;
        text.sentence_count = static_cast<std::uint16_t>(text.sentence_count - 2);
    }
}

}  // namespace whistlestop::optout::classify

#include "services/optout/classify/keyword_layer.hpp"

#include <algorithm>
#include <array>

namespace whistlestop::optout::classify {
namespace {

constexpr std::array start_words{word_hash("start"), word_hash("unstop")};
constexpr std::array help_words{word_hash("help"), word_hash("info"), word_hash("ayuda")};
constexpr std::array all_words{word_hash("all"), word_hash("todo"), word_hash("todos")};
constexpr std::uint64_t opt = word_hash("opt");
constexpr std::uint64_t out = word_hash("out");
constexpr std::array refusing_emoji{word_hash("🛑")};  // a raised finger is an insult, not a request
constexpr std::array amused_emoji{word_hash("😂")};

// Whatever number stands beside them. "cancel 10/14" and "end 5:30" have an object.
constexpr std::array without_object{word_hash("stop"),  word_hash("stopall"), word_hash("unsubscribe"),
                                    word_hash("unsub"), word_hash("optout"),  word_hash("opt"),
                                    word_hash("alto")};

using Words = std::array<std::string_view, 4>;  // an empty one: none follows

// What is said to the volunteer beside it, in several words.
constexpr std::array<Words, 12> courtesies{{{"no", "thank", "you", ""},
                                            {"no", "thank", "u", ""},
                                            {"no", "thanks", "", ""},
                                            {"thank", "you", "", ""},
                                            {"thank", "u", "", ""},
                                            {"god", "bless", "you", ""},
                                            {"god", "bless", "", ""},
                                            {"good", "luck", "", ""},
                                            {"take", "care", "", ""},
                                            {"have", "a", "nice", "day"},
                                            {"have", "a", "good", "day"},
                                            {"have", "a", "great", "day"}}};

// What our own footer says that a keyword is for.
constexpr std::array<Words, 5> purposes{{{"to", "end", "", ""},
                                         {"to", "quit", "", ""},
                                         {"to", "cancel", "", ""},
                                         {"to", "opt", "out", ""},
                                         {"to", "unsubscribe", "", ""}}};

// How many words of one of `phrases` begin at token `at`.
std::uint16_t words_at(const Text& text, std::size_t at, const auto& phrases) {
    for (const Words& words : phrases) {
        std::uint16_t count = 0;
        while (count < words.size() && !words[count].empty() && at + count < text.token_count &&
               text.word(at + count) == words[count])
            ++count;
        if (count == words.size() || words[count].empty()) return count;
    }
    return 0;
}

bool is_phone_number(const Token& token) { return token.raw_end - token.raw_begin >= 7; }

bool among(const auto& words, const Token& token) { return std::ranges::find(words, token.hash) != words.end(); }

enum class Part : std::uint8_t { keyword, other_keyword, start, help, stop_emoji, quantity, around, something_else };
constexpr std::size_t part_count = static_cast<std::size_t>(Part::something_else) + 1;

Part part_of(const Text& text, std::size_t i) {
    const Token& token = text.tokens[i];
    if (token.kind == TokenKind::emoji) {
        if (among(refusing_emoji, token)) return Part::stop_emoji;
        return among(amused_emoji, token) ? Part::something_else : Part::around;
    }
    if (token.kind == TokenKind::number) return is_phone_number(token) ? Part::around : Part::quantity;
    if (token.kind == TokenKind::hashtag)
        return text.token_count == 1 && token.is(WordClass::keyword) ? Part::keyword : Part::something_else;
    if (among(start_words, token)) return Part::start;
    if (among(help_words, token)) return Part::help;
    if (token.is(WordClass::keyword)) return Part::keyword;
    if (token.hash == opt && i + 1U < text.token_count && text.tokens[i + 1].hash == out) return Part::keyword;
    if (token.hash == out && i > 0 && text.tokens[i - 1].hash == opt) return Part::around;
    if (i > 0 && among(all_words, token)) return Part::around;
    if (token.is(WordClass::courtesy)) return Part::around;
    return token.is(WordClass::keyword_other) ? Part::other_keyword : Part::something_else;
}

}  // namespace

std::optional<KeywordFound> find_keyword(const Text& text) {
    constexpr std::size_t words_max = 12;
    if (text.token_count == 0 || text.token_count > words_max) return std::nullopt;
    std::array<std::size_t, part_count> seen{};
    std::array<std::uint16_t, part_count> at{};
    bool says_purpose = false;
    for (std::uint16_t i = 0; i < text.token_count; ++i) {
        const std::uint16_t purpose = words_at(text, i, purposes);
        says_purpose = says_purpose || purpose > 0;
        if (const std::uint16_t words = std::max(purpose, words_at(text, i, courtesies)); words > 0) {
            i = static_cast<std::uint16_t>(i + words - 1);
            continue;
        }
        const auto part = static_cast<std::size_t>(part_of(text, i));
        if (seen[part]++ == 0) at[part] = i;
    }
    const auto count = [&](Part part) { return seen[static_cast<std::size_t>(part)]; };
    const auto first = [&](Part part) { return at[static_cast<std::size_t>(part)]; };
    if (count(Part::something_else) > 0) return std::nullopt;
    const bool may_be_object = count(Part::keyword) == 0 || !among(without_object, text.tokens[first(Part::keyword)]);
    if (count(Part::quantity) > 0 && may_be_object) return std::nullopt;
    if (count(Part::keyword) > 0 && count(Part::start) + count(Part::help) == 0) {
        return KeywordFound{KeywordKind::stop, "keyword", first(Part::keyword)};
    }
    if (count(Part::keyword) > 0 || says_purpose) return std::nullopt;
    const bool asks = text.sentences[0].question;
    if (count(Part::other_keyword) > 0 && !asks) {
        return KeywordFound{KeywordKind::stop, "keyword.alone", first(Part::other_keyword)};
    }
    if (count(Part::stop_emoji) > 0 && count(Part::start) + count(Part::help) == 0) {
        return KeywordFound{KeywordKind::stop, "keyword.emoji", first(Part::stop_emoji)};
    }
    if (count(Part::start) > 0 && count(Part::help) == 0) {
        return KeywordFound{KeywordKind::start, "keyword.start", first(Part::start)};
    }
    if (count(Part::help) > 0 && count(Part::start) == 0) {
        return KeywordFound{KeywordKind::help, "keyword.help", first(Part::help)};
    }
    return std::nullopt;
}

}  // namespace whistlestop::optout::classify

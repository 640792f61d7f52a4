#include "services/optout/consent/confirmation.hpp"

#include <algorithm>

#include "common/domain/segments.hpp"
#include "common/domain/utf8.hpp"

namespace whistlestop::optout {
namespace {

constexpr std::string_view sentence = "You are opted out. No more texts from us.";

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view blanks = " \t\r\n\v\f";
    const std::size_t first = text.find_first_not_of(blanks);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

constexpr char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool same_word(std::string_view a, std::string_view b) {
    return std::ranges::equal(trimmed(a), trimmed(b), {}, lower, lower);
}

}  // namespace

bool may_confirm(const ConfirmationFacts& facts) {
    return facts.owned && !facts.stood_before && !facts.carrier_answers && facts.age_ms < confirm_within_ms;
}

bool carrier_answers(const v1::KeywordProfile& profile, const v1::InboundText& text) {
    if (!text.carrier_keyword().empty()) return true;
    if (!profile.answered()) return false;
    return std::ranges::any_of(profile.handled(),
                               [&](const std::string& word) { return same_word(word, text.body()); });
}

std::string confirmation_text(std::string_view organisation_name) {
    std::string name{organisation_name};
    for (; !name.empty(); name.resize(utf8_beginning(name, name.size() - 1).size())) {
        std::string text = name + ": " + std::string{sentence};
        if (count_segments(text).segments == 1) return text;
    }
    return std::string{sentence};
}

}  // namespace whistlestop::optout

#include "services/optout/keywords/keywords.hpp"

#include <algorithm>
#include <array>
#include <iterator>

#include "common/domain/utf8.hpp"

namespace whistlestop::optout {
namespace {

constexpr std::string_view fcc = "47 CFR 64.1200(a)(10), words that are a revocation per se";
constexpr std::string_view twilio = "Twilio, default opt-out, opt-in and help keywords";
constexpr std::string_view telnyx = "Telnyx, Advanced opt-in/out, default keywords";
constexpr std::string_view aws = "AWS End User Messaging, default opt-out keywords";
constexpr std::string_view ctia = "CTIA, Messaging Principles and Best Practices 2023, 5.1";

// YES is not here though Twilio takes it for START: in a conversation it is an answer.
constexpr KeywordRow rows[] = {
    {"stop", Keyword::stop, fcc},        {"quit", Keyword::stop, fcc},       {"end", Keyword::stop, fcc},
    {"revoke", Keyword::stop, fcc},      {"opt out", Keyword::stop, fcc},    {"cancel", Keyword::stop, fcc},
    {"unsubscribe", Keyword::stop, fcc}, {"stopall", Keyword::stop, ctia},   {"stop all", Keyword::stop, telnyx},
    {"optout", Keyword::stop, twilio},   {"opt-out", Keyword::stop, aws},     //
    {"start", Keyword::start, twilio},   {"unstop", Keyword::start, twilio},  //
    {"help", Keyword::help, ctia},       {"info", Keyword::help, ctia},
};

constexpr std::size_t word_size_max = 11;
static_assert(std::ranges::all_of(rows, [](const KeywordRow& row) { return row.word.size() <= word_size_max; }));

enum class Kind : std::uint8_t { blank, invisible, punctuation, other };

struct Range {
    char32_t first, last;
    Kind kind;
};

// Beyond ASCII, sorted. Source: Unicode 15, PropList.txt (White_Space), UnicodeData.txt (Cf and variation selectors;
// the punctuation of Latin-1, General Punctuation, CJK and full-width forms that phones put in or people type).
constexpr Range ranges[] = {
    {0x0085, 0x0085, Kind::blank},                                           // next line
    {0x00A0, 0x00A0, Kind::blank},                                           // no-break space
    {0x00A1, 0x00A1, Kind::punctuation},                                     // ¡
    {0x00AB, 0x00AB, Kind::punctuation},                                     // «
    {0x00AD, 0x00AD, Kind::invisible},                                       // soft hyphen
    {0x00B4, 0x00B4, Kind::punctuation},                                     // acute accent, typed as an apostrophe
    {0x00B7, 0x00B7, Kind::punctuation},                                     // middle dot
    {0x00BB, 0x00BB, Kind::punctuation},                                     // »
    {0x00BF, 0x00BF, Kind::punctuation},                                     // ¿
    {0x061C, 0x061C, Kind::invisible},                                       // Arabic letter mark
    {0x1680, 0x1680, Kind::blank},       {0x180E, 0x180E, Kind::invisible},  // Mongolian vowel separator
    {0x2000, 0x200A, Kind::blank},                                           // en quad … hair space
    {0x200B, 0x200F, Kind::invisible},                                       // zero width, direction marks
    {0x2010, 0x2027, Kind::punctuation},                                     // dashes, quotes, bullet, ellipsis
    {0x2028, 0x2029, Kind::blank},                                           // line and paragraph separator
    {0x202A, 0x202E, Kind::invisible},                                       // embedding, override
    {0x202F, 0x202F, Kind::blank},                                           // narrow no-break space
    {0x2030, 0x205E, Kind::punctuation},                                     // ‹ › ‼ ⁇ …
    {0x205F, 0x205F, Kind::blank},       {0x2060, 0x206F, Kind::invisible},  // word joiner, isolates
    {0x3000, 0x3000, Kind::blank},                                           // ideographic space
    {0x3001, 0x3003, Kind::punctuation},                                     // 、 。
    {0x3008, 0x3011, Kind::punctuation},                                     // 「 」
    {0xFE00, 0xFE0F, Kind::invisible},                                       // variation selectors
    {0xFEFF, 0xFEFF, Kind::invisible},                                       // byte order mark
    {0xFF01, 0xFF0F, Kind::punctuation},                                     // full-width ！ …
    {0xFF1A, 0xFF20, Kind::punctuation},                                     // full-width ： ？ …
};
static_assert(std::ranges::is_sorted(ranges, {}, &Range::first));

Kind kind_of(char32_t point) {
    if (point >= 0x80) {
        const auto* range = std::ranges::lower_bound(ranges, point, {}, &Range::last);
        return range != std::end(ranges) && range->first <= point ? range->kind : Kind::other;
    }
    if ((point >= '0' && point <= '9') || (point >= 'A' && point <= 'Z') || (point >= 'a' && point <= 'z'))
        return Kind::other;
    if (point == ' ' || (point >= '\t' && point <= '\r')) return Kind::blank;
    return point < ' ' || point == 0x7F ? Kind::invisible : Kind::punctuation;
}

constexpr bool is_hyphen(char32_t point) { return point == '-' || point == 0x2010 || point == 0x2011; }

// The message as the table would spell it: lower case, and one mark for whatever stands between two parts.
class Word {
public:
    // False once the message cannot be a keyword any more.
    bool add(char32_t point) {
        switch (kind_of(point)) {
            case Kind::invisible: return true;
            case Kind::blank: return separate(' ');
            case Kind::punctuation: return separate(is_hyphen(point) ? '-' : other_mark);
            case Kind::other: break;
        }
        return point < 0x80 && add_letter(static_cast<char>(point));
    }

    [[nodiscard]] std::string_view text() const { return {letters_.data(), size_}; }

private:
    static constexpr char other_mark = '.';  // no keyword has it: punctuation counts for nothing only at the ends

    // Written only once a letter follows, so that nothing is left at the end.
    bool separate(char mark) {
        const bool more_blanks = gap_ == ' ' && mark == ' ';
        gap_ = gap_ == 0 || more_blanks ? mark : other_mark;
        return true;
    }

    bool add_letter(char letter) {
        if (size_ > 0 && gap_ != 0 && !put(gap_)) return false;
        gap_ = 0;
        return put(letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter);
    }

    bool put(char letter) {
        if (size_ == letters_.size()) return false;
        letters_[size_++] = letter;
        return true;
    }

    std::array<char, word_size_max> letters_{};
    std::size_t size_ = 0;
    char gap_ = 0;  // what stands between the last letter and here; 0: nothing
};

}  // namespace

Match match_keyword(std::string_view utf8) {
    Word word;
    while (!utf8.empty())
        if (!word.add(take_code_point(utf8))) return {};
    const auto* row = std::ranges::find(rows, word.text(), &KeywordRow::word);
    return row == std::end(rows) ? Match{} : Match{row->keyword, row->word};
}

std::span<const KeywordRow> keyword_table() { return rows; }

}  // namespace whistlestop::optout

#include "common/domain/segments.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "common/domain/utf8.hpp"

namespace whistlestop {
namespace {

// Adds up units that may not be split, both for one segment and for a chain of them.
class Chain {
public:
    Chain(std::uint32_t alone_max, std::uint32_t part_max) : alone_max_{alone_max}, part_max_{part_max} {}

    void add(std::uint32_t units) {
        total_ += units;
        used_ += units;
        if (used_ <= part_max_) return;
        ++parts_;
        used_ = units;
    }

    [[nodiscard]] Segments count(Encoding encoding) const {
        return {encoding, total_, total_ <= alone_max_ ? 1 : parts_};
    }

private:
    std::uint32_t alone_max_;
    std::uint32_t part_max_;
    std::uint32_t total_ = 0;
    std::uint32_t used_ = 0;  // of the last part
    std::uint32_t parts_ = 1;
};

// Septets of each ASCII character, 0 where the alphabet lacks it (backtick, tab, most controls).
// Source: 3GPP TS 23.038, 6.2.1 (default alphabet) and 6.2.1.1 (extension: form feed ^ { } \ [ ~ ] |).
constexpr auto ascii_septets = [] {
    std::array<std::uint8_t, 128> septets{};
    for (std::size_t c = 0x20; c < 0x7F; ++c) septets[c] = 1;
    septets['`'] = 0;
    septets['\n'] = septets['\r'] = 1;
    for (const unsigned char c : {'\f', '^', '{', '}', '\\', '[', '~', ']', '|'}) septets[c] = 2;
    return septets;
}();

// The default alphabet beyond ASCII, sorted; the euro sign is in the extension table. Source: as above.
constexpr std::u32string_view other_letters =
    U"¡£¤¥§¿ÄÅÆÇÉÑÖØÜßàäåæèéìñòöøùü"
    U"ΓΔΘΛΞΠΣΦΨΩ";
static_assert(std::ranges::is_sorted(other_letters));

std::uint32_t septets_of(char32_t point) {
    if (point < ascii_septets.size()) return ascii_septets[point];
    if (point == U'€') return 2;
    return std::ranges::binary_search(other_letters, point) ? 1 : 0;
}

std::optional<Segments> count_gsm7(std::string_view text) {
    Chain chain{160, 153};
    while (!text.empty()) {
        const std::uint32_t septets = septets_of(take_code_point(text));
        if (septets == 0) return std::nullopt;
        chain.add(septets);
    }
    return chain.count(Encoding::gsm7);
}

Segments count_ucs2(std::string_view text) {
    Chain chain{70, 67};
    while (!text.empty()) chain.add(take_code_point(text) > 0xFFFF ? 2 : 1);
    return chain.count(Encoding::ucs2);
}

// The usual text, of any length: ASCII without a character that takes two septets or none, so that dividing is enough.
bool is_plain(std::string_view text) {
    bool plain = true;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        plain &= byte < ascii_septets.size() && ascii_septets[byte & 0x7FU] == 1;
    }
    return plain;
}

}  // namespace

Segments count_segments(std::string_view utf8) {
    if (is_plain(utf8)) {
        const auto units = static_cast<std::uint32_t>(utf8.size());
        return {Encoding::gsm7, units, units <= 160 ? 1 : (units + 152) / 153};
    }
    if (const auto counted = count_gsm7(utf8)) return *counted;
    return count_ucs2(utf8);
}

}  // namespace whistlestop

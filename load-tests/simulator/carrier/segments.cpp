#include "load-tests/simulator/carrier/segments.hpp"

#include "load-tests/simulator/base/utf8.hpp"

namespace simulator::carrier {

namespace {

// What is not ASCII in the basic table.
constexpr std::u32string_view basic_beyond_ascii = U"£¥èéùìòÇØøÅåΔΦΓΛΩΠΨΣΘΞÆæßÉ¤¡ÄÖÑÜ§¿äöñüà";
constexpr std::u32string_view extension = U"^{}\\[~]|\f€";

// Septets of a character; 0 where GSM-7 does not have it.
unsigned septets_of(char32_t point) {
    if (extension.find(point) != std::u32string_view::npos) return 2;
    if (point == U'\n' || point == U'\r') return 1;
    if (point >= 0x20 && point < 0x7f) return point == U'`' ? 0 : 1;
    return basic_beyond_ascii.find(point) != std::u32string_view::npos ? 1 : 0;
}

unsigned utf16_units_of(char32_t point) { return point > 0xffff ? 2 : 1; }

struct Sizes {
    unsigned alone;
    unsigned chained;
};

// Fills segments one character at a time, for what may not be cut does not always fit the rest of one.
unsigned fill(std::string_view text, const Sizes& sizes, unsigned (*units_of)(char32_t)) {
    unsigned total = 0;
    unsigned segments = 1;
    unsigned used = 0;
    while (!text.empty()) {
        const CodePoint point = first_code_point(text);
        text.remove_prefix(point.bytes);
        const unsigned units = units_of(point.value);
        total += units;
        if (used + units > sizes.chained) {
            ++segments;
            used = 0;
        }
        used += units;
    }
    return total <= sizes.alone ? 1 : segments;
}

bool is_gsm7(std::string_view text) {
    while (!text.empty()) {
        const CodePoint point = first_code_point(text);
        if (septets_of(point.value) == 0) return false;
        text.remove_prefix(point.bytes);
    }
    return true;
}

}  // namespace

unsigned segments_of(std::string_view text) {
    if (is_gsm7(text)) return fill(text, {160, 153}, septets_of);
    return fill(text, {70, 67}, utf16_units_of);
}

}  // namespace simulator::carrier

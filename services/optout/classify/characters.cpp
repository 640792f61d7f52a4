#include "services/optout/classify/characters.hpp"

#include <array>
#include <cstddef>
#include <utility>

namespace whistlestop::optout::classify {
namespace {

// The base letter of U+00C0..U+024F and U+1E00..U+1EFF (Unicode's decompositions, and the plain letter for ø, đ, ł
// ...); a blank where there is none.
constexpr std::string_view latin_low =
    "aaaaaaeceeeeiiiidnooooo ouuuuytsaaaaaaeceeeeiiiidnooooo ouuuuytyaaaaaaccccccccddddeeeeeeeeeegggg"
    "gggghhhhiiiiiiiiiiiijjkkkllllllllllnnnnnn nnooooooeerrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs"
    "b       c         f             oo             uu                   dddlllnnnaaiioouuuuuuuuuu aa"
    "aa    ggkkoooo  jdddgg  nnaa    aaaaeeeeiiiioooorrrruuuusstt  hh      aaeeooooooooyy   j        "
    "                ";
constexpr std::string_view latin_high =
    "aabbbbbbccddddddddddeeeeeeeeeeffgghhhhhhhhhhiiiikkkkkkllllllllmmmmmmnnnnnnnnoooooooopppprrrrrrrr"
    "ssssssssssttttttttuuuuuuuuuuvvvvwwwwwwwwwwxxxxyyzzzzzzhtwyas    aaaaaaaaaaaaaaaaaaaaaaaaeeeeeeee"
    "eeeeeeeeiiiioooooooooooooooooooooooouuuuuuuuuuuuuuyyyyyyyy      ";
static_assert(latin_low.size() == 0x250 - 0xC0 && latin_high.size() == 0x100);

constexpr std::pair<char32_t, char> twins[] = {
    // Cyrillic, folded to lower case
    {U'а', 'a'},
    {U'в', 'b'},
    {U'с', 'c'},
    {U'е', 'e'},
    {U'н', 'h'},
    {U'і', 'i'},
    {U'ј', 'j'},
    {U'к', 'k'},
    {U'м', 'm'},
    {U'о', 'o'},
    {U'р', 'p'},
    {U'ѕ', 's'},
    {U'т', 't'},
    {U'у', 'y'},
    {U'х', 'x'},
    {U'ԁ', 'd'},
    {U'ԛ', 'q'},
    {U'ѵ', 'v'},
    {U'ԝ', 'w'},
    {U'п', 'n'},
    {U'и', 'n'},
    {U'ц', 'u'},
    {U'г', 'r'},
    {U'я', 'r'},
    // Greek, folded to lower case
    {U'α', 'a'},
    {U'β', 'b'},
    {U'ε', 'e'},
    {U'η', 'n'},
    {U'ι', 'i'},
    {U'κ', 'k'},
    {U'μ', 'm'},
    {U'ν', 'n'},
    {U'ο', 'o'},
    {U'ρ', 'p'},
    {U'σ', 's'},
    {U'ς', 's'},
    {U'τ', 't'},
    {U'υ', 'u'},
    {U'χ', 'x'},
    {U'ζ', 'z'},
    {U'ω', 'w'},
    {U'γ', 'y'},
    // Armenian, Cherokee, small capitals and other single shapes
    {U'Տ', 's'},
    {U'ս', 'u'},
    {U'օ', 'o'},
    {U'ո', 'n'},
    {U'Ꭲ', 't'},
    {U'Ꮪ', 's'},
    {U'Ꮲ', 'p'},
    {U'Ꭼ', 'e'},
    {U'Ꭰ', 'd'},
    {U'Ꮯ', 'c'},
    {U'Ꭺ', 'a'},
    {U'Ꮮ', 'l'},
    {U'ᴀ', 'a'},
    {U'ʙ', 'b'},
    {U'ᴄ', 'c'},
    {U'ᴅ', 'd'},
    {U'ᴇ', 'e'},
    {U'ꜰ', 'f'},
    {U'ɢ', 'g'},
    {U'ʜ', 'h'},
    {U'ɪ', 'i'},
    {U'ᴊ', 'j'},
    {U'ᴋ', 'k'},
    {U'ʟ', 'l'},
    {U'ᴍ', 'm'},
    {U'ɴ', 'n'},
    {U'ᴏ', 'o'},
    {U'ᴘ', 'p'},
    {U'ǫ', 'q'},
    {U'ʀ', 'r'},
    {U'ꜱ', 's'},
    {U'ᴛ', 't'},
    {U'ᴜ', 'u'},
    {U'ᴠ', 'v'},
    {U'ᴡ', 'w'},
    {U'ʏ', 'y'},
    {U'ᴢ', 'z'},
    {U'ℓ', 'l'},
    {U'℮', 'e'},
    {U'†', 't'},
    {U'ø', 'o'},
    {U'θ', 'o'},
    {U'ꓢ', 's'},
    {U'ꓔ', 't'},
    {U'ꓳ', 'o'},
    {U'ꓑ', 'p'},
};

Character letter(char32_t value) { return {value, CharacterKind::letter}; }

Character ascii(char32_t value) {
    if (value >= 'A' && value <= 'Z') return letter(value + 32);
    if (value >= 'a' && value <= 'z') return letter(value);
    if (value >= '0' && value <= '9') return {value, CharacterKind::digit};
    switch (value) {
        case '\n':
        case '\r': return {'\n', CharacterKind::line_break};
        case '.': return {value, CharacterKind::full_stop};
        case '!':
        case '?':
        case ';':
        case ':': return {value, CharacterKind::ender};
        case '\'':
        case '`': return {'\'', CharacterKind::apostrophe};
        case ',': return {value, CharacterKind::comma};
        case '-':
        case '_':
        case '*':
        case '/':
        case '|':
        case '~': return {value, CharacterKind::hyphen};
        case '$':
        case '@':
        case '+':
        case '#': return {value, CharacterKind::symbol};
        default: return value < 0x20 && value != '\t' ? Character{} : Character{' ', CharacterKind::space};
    }
}

// Letters that Unicode keeps for mathematics and for letters in circles and squares, whose order is the alphabet's.
char styled_letter(char32_t value) {
    if (value >= 0x1D400 && value <= 0x1D6A3) return static_cast<char>('a' + (value - 0x1D400) % 26);
    if (value >= 0x24B6 && value <= 0x24E9) return static_cast<char>('a' + (value - 0x24B6) % 26);
    if (value >= 0x249C && value <= 0x24B5) return static_cast<char>('a' + (value - 0x249C));
    if (value >= 0x1F130 && value <= 0x1F149) return static_cast<char>('a' + (value - 0x1F130));
    if (value >= 0x1F150 && value <= 0x1F169) return static_cast<char>('a' + (value - 0x1F150));
    if (value >= 0x1F170 && value <= 0x1F189) return static_cast<char>('a' + (value - 0x1F170));
    return 0;
}

Character general_punctuation(char32_t value) {
    if (value >= 0x200B && value <= 0x200F) return {};
    if (value >= 0x2028 && value <= 0x2029) return {'\n', CharacterKind::line_break};
    if (value >= 0x202A && value <= 0x202E) return {};
    if (value >= 0x2060) return {};
    if (value >= 0x2010 && value <= 0x2015) return {'-', CharacterKind::hyphen};
    if (value == 0x2018 || value == 0x2019 || value == 0x201B || value == 0x2032) {
        return {'\'', CharacterKind::apostrophe};
    }
    if (value == 0x2026) return {'.', CharacterKind::full_stop};
    if (value == 0x203C || (value >= 0x2047 && value <= 0x2049)) return {'!', CharacterKind::ender};
    if (value == 0x2022 || value == 0x00B7) return {'-', CharacterKind::hyphen};
    return {' ', CharacterKind::space};
}

Character east_asian(char32_t value) {
    if (value == 0x3002 || value == 0xFF61) return {'.', CharacterKind::ender};
    if (value <= 0x303F || value == 0x30FB) return {' ', CharacterKind::space};
    if (value >= 0x3130 && value <= 0x318F) return letter(value);  // Hangul letters
    return {value, CharacterKind::ideograph};
}

bool invisible(char32_t value) {
    return value == 0xAD || (value >= 0x300 && value <= 0x36F) || value == 0x61C || value == 0x115F ||
           value == 0x1160 || (value >= 0x180B && value <= 0x180E) || value == 0x3164 ||
           (value >= 0xFE00 && value <= 0xFE0F) || value == 0xFEFF || (value >= 0x1AB0 && value <= 0x1AFF) ||
           (value >= 0x20D0 && value <= 0x20FF) || (value >= 0x64B && value <= 0x65F) ||
           (value >= 0x591 && value <= 0x5C7) || (value >= 0x1F3FB && value <= 0x1F3FF) || value >= 0xE0000;
}

bool pictorial(char32_t value) {
    return (value >= 0x2190 && value <= 0x2BFF) || (value >= 0x1F000 && value <= 0x1FAFF) || value == 0x3030 ||
           value == 0x00A9 || value == 0x00AE || value == 0x2122;
}

// Lower case of the alphabets that have one and whose words we know.
char32_t lower(char32_t value) {
    if (value >= 0x391 && value <= 0x3A9) return value + 0x20;
    if (value >= 0x410 && value <= 0x42F) return value + 0x20;
    if (value >= 0x400 && value <= 0x40F) return value + 0x50;
    if (value == 0x451) return 0x435;
    return value;
}

}  // namespace

CodePoint read_code_point(std::string_view text, std::size_t at) {
    const auto byte = [&](std::size_t i) -> char32_t {
        return at + i < text.size() ? static_cast<unsigned char>(text[at + i]) : 0;
    };
    const auto follows = [&](std::size_t i) { return (byte(i) & 0xC0) == 0x80; };
    constexpr CodePoint broken{0xFFFD, 1};
    const char32_t first = byte(0);
    if (first < 0x80) return {first, 1};
    if (first >= 0xC2 && first <= 0xDF && follows(1)) return {(first & 0x1F) << 6 | (byte(1) & 0x3F), 2};
    if (first >= 0xE0 && first <= 0xEF && follows(1) && follows(2)) {
        const char32_t value = (first & 0xF) << 12 | (byte(1) & 0x3F) << 6 | (byte(2) & 0x3F);
        return value < 0x800 || (value >= 0xD800 && value <= 0xDFFF) ? broken : CodePoint{value, 3};
    }
    if (first >= 0xF0 && first <= 0xF4 && follows(1) && follows(2) && follows(3)) {
        const char32_t value = (first & 0x7) << 18 | (byte(1) & 0x3F) << 12 | (byte(2) & 0x3F) << 6 | (byte(3) & 0x3F);
        return value < 0x10000 || value > 0x10FFFF ? broken : CodePoint{value, 4};
    }
    return broken;
}

Character fold(char32_t value) {
    if (value < 0x80) return ascii(value);
    if (invisible(value)) return {};
    if (value >= 0xC0 && value < 0x250) {
        const char base = latin_low[value - 0xC0];
        return base == ' ' ? letter(value) : letter(static_cast<unsigned char>(base));
    }
    if (value >= 0x1E00 && value < 0x1F00) {
        const char base = latin_high[value - 0x1E00];
        return base == ' ' ? letter(value) : letter(static_cast<unsigned char>(base));
    }
    if (value < 0xC0)
        return pictorial(value) ? Character{value, CharacterKind::emoji} : Character{' ', CharacterKind::space};
    if (value >= 0x2000 && value <= 0x206F) return general_punctuation(value);
    if (value >= 0xFF01 && value <= 0xFF5E) return ascii(value - 0xFF01 + 0x21);
    if (const char plain = styled_letter(value)) return letter(static_cast<unsigned char>(plain));
    if (value >= 0x1D7CE && value <= 0x1D7FF) return {U'0' + (value - 0x1D7CE) % 10, CharacterKind::digit};
    if (pictorial(value)) return {value, CharacterKind::emoji};
    if (value == 0x3001) return {',', CharacterKind::comma};
    if ((value >= 0x3000 && value <= 0x9FFF) || (value >= 0xF900 && value <= 0xFAFF)) return east_asian(value);
    if (value == 0x061F || value == 0x06D4) return {'?', CharacterKind::ender};
    if (value == 0x060C) return {',', CharacterKind::comma};
    if (value == 0x061B || value == 0xFFFD || (value >= 0xE000 && value <= 0xF8FF)) {
        return {' ', CharacterKind::space};
    }
    return letter(lower(value));
}

char latin_twin(char32_t value) {
    for (const auto& [shape, plain] : twins) {
        if (shape == value) return plain;
    }
    return 0;
}

char leet_twin(char32_t value) {
    switch (value) {
        case '0': return 'o';
        case '1': return 'i';
        case '3': return 'e';
        case '4': return 'a';
        case '5': return 's';
        case '7': return 't';
        case '$': return 's';
        case '@': return 'a';
        case '+': return 't';
        default: return 0;
    }
}

std::uint8_t write_code_point(char32_t value, char* out) {
    const auto put = [&](std::size_t i, char32_t bits) { out[i] = static_cast<char>(bits); };
    if (value < 0x80) {
        put(0, value);
        return 1;
    }
    if (value < 0x800) {
        put(0, 0xC0 | value >> 6);
        put(1, 0x80 | (value & 0x3F));
        return 2;
    }
    if (value < 0x10000) {
        put(0, 0xE0 | value >> 12);
        put(1, 0x80 | (value >> 6 & 0x3F));
        put(2, 0x80 | (value & 0x3F));
        return 3;
    }
    put(0, 0xF0 | value >> 18);
    put(1, 0x80 | (value >> 12 & 0x3F));
    put(2, 0x80 | (value >> 6 & 0x3F));
    put(3, 0x80 | (value & 0x3F));
    return 4;
}

}  // namespace whistlestop::optout::classify

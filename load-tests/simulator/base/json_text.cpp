#include "load-tests/simulator/base/json_text.hpp"

#include "load-tests/simulator/base/utf8.hpp"

namespace simulator {

namespace {

bool plain(char byte) {
    const auto value = static_cast<std::uint8_t>(byte);
    return value >= 0x20 && value < 0x80 && byte != '"' && byte != '\\';
}

// How many bytes of `text` were written.
std::size_t append_special(std::string& out, std::string_view text) {
    const char byte = text.front();
    if (byte == '"' || byte == '\\') {
        out += '\\';
        out += byte;
        return 1;
    }
    if (static_cast<std::uint8_t>(byte) < 0x20) {
        constexpr std::string_view hex = "0123456789abcdef";
        out += "\\u00";
        out += hex[static_cast<std::uint8_t>(byte) >> 4U];
        out += hex[static_cast<std::uint8_t>(byte) & 15U];
        return 1;
    }
    const CodePoint point = first_code_point(text);
    out += point.valid ? text.substr(0, point.bytes) : std::string_view{"\xef\xbf\xbd"};
    return point.bytes;
}

}  // namespace

void append_quoted(std::string& out, std::string_view text) {
    out += '"';
    while (!text.empty()) {
        std::size_t run = 0;
        while (run < text.size() && plain(text[run])) ++run;
        out += text.substr(0, run);
        text.remove_prefix(run);
        if (!text.empty()) text.remove_prefix(append_special(out, text));
    }
    out += '"';
}

}  // namespace simulator

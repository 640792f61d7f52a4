#pragma once
// JSON written straight into a string: record lines and the carrier's answers are built thousands of times a second,
// and a tree of values for each would cost more than all the rest.

#include <charconv>
#include <cstdint>
#include <string>
#include <string_view>

namespace simulator {

// Appends `text` in quotes, escaped; bytes that are not UTF-8 become U+FFFD, so that the result is always JSON.
void append_quoted(std::string& out, std::string_view text);

inline void append_number(std::string& out, std::int64_t number) {
    char digits[20];
    const auto end = std::to_chars(digits, digits + sizeof digits, number).ptr;
    out.append(digits, end);
}

// One JSON object appended to a string, member by member; `close()` ends it.
class ObjectText {
public:
    explicit ObjectText(std::string& out) : out_{out} { out_ += '{'; }

    ObjectText& text(std::string_view key, std::string_view value) {
        append_quoted(name(key), value);
        return *this;
    }
    ObjectText& number(std::string_view key, std::int64_t value) {
        append_number(name(key), value);
        return *this;
    }
    ObjectText& boolean(std::string_view key, bool value) { return raw(key, value ? "true" : "false"); }
    ObjectText& null(std::string_view key) { return raw(key, "null"); }
    ObjectText& text_or_null(std::string_view key, std::string_view value) {
        return value.empty() ? null(key) : text(key, value);
    }
    // `value` must be JSON already.
    ObjectText& raw(std::string_view key, std::string_view value) {
        name(key) += value;
        return *this;
    }
    void close() { out_ += '}'; }

private:
    std::string& name(std::string_view key) {
        if (!first_) out_ += ',';
        first_ = false;
        out_ += '"';
        out_ += key;  // keys are ours and need no escapes
        out_ += "\":";
        return out_;
    }

    std::string& out_;
    bool first_ = true;
};

}  // namespace simulator

#pragma once
// JSON as Twilio answers it. The only place here where Boost.JSON may throw.

#include <boost/json/array.hpp>
#include <boost/json/monotonic_resource.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include <array>
#include <string>
#include <string_view>

namespace whistlestop::twilio {

// One parsed body. Small ones stay in place; views into it live as long as it does.
class Document {
public:
    explicit Document(std::string_view text) noexcept;
    Document(const Document&) = delete;
    Document& operator=(const Document&) = delete;

    // Null unless the text is one JSON object.
    [[nodiscard]] const boost::json::object* object() const { return root_.if_object(); }

private:
    std::array<unsigned char, 4096> buffer_;
    boost::json::monotonic_resource memory_{buffer_.data(), buffer_.size()};
    boost::json::value root_ = boost::json::value(boost::json::storage_ptr(&memory_));  // braces would make an array
};

// The string of that name; empty if there is none.
[[nodiscard]] std::string_view text_of(const boost::json::object& object, std::string_view name);

// The error code of that name, written as an unsigned number or as a string of one; empty if there is none.
[[nodiscard]] std::string code_of(const boost::json::object& object, std::string_view name);

}  // namespace whistlestop::twilio

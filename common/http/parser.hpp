#pragma once
// MessageParser: Beast's parser, filling our own types directly. For sources of common/http only.
//
// Beast reads a head only when all of it lies in one buffer, so callers keep what put() left over.

#include <boost/asio/buffer.hpp>
#include <boost/beast/http/basic_parser.hpp>
#include <boost/optional/optional.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "common/http/message.hpp"

namespace whistlestop::http {

namespace beast_http = boost::beast::http;

struct ParserLimits {
    std::uint32_t head_bytes_max;
    std::uint64_t body_bytes_max;
};

template <bool is_request>
class MessageParser final : public beast_http::basic_parser<is_request> {
public:
    explicit MessageParser(const ParserLimits& limits) {
        this->eager(true);
        this->header_limit(limits.head_bytes_max);
        this->body_limit(limits.body_bytes_max);
    }

    // Takes what it can off the front of `bytes`. Needing more is no error.
    boost::system::error_code take(std::string_view& bytes) {
        boost::system::error_code error;
        bytes.remove_prefix(this->put(boost::asio::buffer(bytes.data(), bytes.size()), error));
        if (error == beast_http::error::need_more) error = {};
        return error;
    }

    bool is_http_1_1 = false;  // of a request
    std::string method;
    std::string target;
    unsigned status = 0;
    std::vector<Header> headers;
    std::string body;

private:
    using ErrorCode = boost::beast::error_code;
    using View = boost::beast::string_view;

    void on_request_impl(beast_http::verb, View method_text, View target_text, int version, ErrorCode&) override {
        is_http_1_1 = version >= 11;
        method.assign(method_text.data(), method_text.size());
        target.assign(target_text.data(), target_text.size());
    }

    void on_response_impl(int code, View, int, ErrorCode&) override { status = static_cast<unsigned>(code); }

    void on_field_impl(beast_http::field name, View name_text, View value, ErrorCode&) override {
        if (name == beast_http::field::transfer_encoding) has_transfer_encoding_ = true;
        headers.push_back({std::string{name_text.data(), name_text.size()}, std::string{value.data(), value.size()}});
    }

    void on_header_impl(ErrorCode& error) override {
        // A request whose coding we do not know has no length we could trust: its body would be read as a request.
        if (is_request && has_transfer_encoding_ && !this->chunked()) error = beast_http::error::bad_transfer_encoding;
    }

    void on_body_init_impl(const boost::optional<std::uint64_t>& length, ErrorCode&) override {
        if (length) body.reserve(static_cast<std::size_t>(*length));  // never over body_bytes_max
    }

    std::size_t on_body_impl(View bytes, ErrorCode&) override { return append(bytes); }
    void on_chunk_header_impl(std::uint64_t, View, ErrorCode&) override {}
    std::size_t on_chunk_body_impl(std::uint64_t, View bytes, ErrorCode&) override { return append(bytes); }
    void on_finish_impl(ErrorCode&) override {}

    std::size_t append(View bytes) {
        body.append(bytes.data(), bytes.size());
        return bytes.size();
    }

    bool has_transfer_encoding_ = false;
};

}  // namespace whistlestop::http

#include "load-tests/simulator/carrier/ending.hpp"

#include <fmt/format.h>

#include <utility>

#include "load-tests/simulator/carrier/answers.hpp"
#include "load-tests/simulator/http/message.hpp"

namespace simulator::carrier {

namespace {

// Not HTTP; a page of some proxy; and, where the text was taken, the right answer with its JSON torn.
void make_garbage(Ending& ending, std::uint64_t hash) {
    ending.how = Ending::How::garbage;
    const std::size_t kinds = ending.bytes.empty() ? 2 : 3;
    switch (hash % kinds) {
        case 0:
            ending.bytes = "\x15\x03\x01 ?!\r\n\r\n\r\n";
            ending.keep_open = false;
            break;
        case 1: ending.bytes = http::answer(200, "text/html", "<html><body>It works!</body></html>"); break;
        default: ending.bytes = http::answer(201, json_type, ending.bytes.substr(ending.bytes.find('{'), 200)); break;
    }
}

// Half of them close without a byte, half in the middle of an answer. A text that was not taken is not called created.
void make_close(Ending& ending, std::uint64_t hash) {
    if (ending.sid.empty()) ending.bytes = refusal(500, 20500, "Internal server error");
    ending.how = Ending::How::close;
    ending.bytes.resize(hash % 2 == 0 ? 0 : ending.bytes.size() / 2);
}

}  // namespace

std::string_view name_of(Ending::How how) {
    constexpr std::string_view names[] = {"http", "hang", "close", "reset", "garbage"};
    return names[static_cast<std::size_t>(how)];
}

Ending refuse(int status, int code, std::string_view message, std::string_view extra) {
    return {.status = status, .code = code, .bytes = refusal(status, code, message, extra), .sid = {}};
}

Ending created(const Text& text, std::string sid) {
    std::string bytes = http::answer(201, json_type, message_json(text, sid));
    return {.status = 201, .bytes = std::move(bytes), .sid = std::move(sid)};
}

bool is_taken(Fault fault) {
    switch (fault) {
        case Fault::throttled_429:
        case Fault::error_500_not:
        case Fault::hang_not:
        case Fault::close_not:
        case Fault::reset_not:
        case Fault::garbage_not:
        case Fault::refused: return false;
        default: return true;
    }
}

Ending struck_ending(const Faults::Struck& struck, unsigned retry_after_seconds, Ending ending) {
    ending.fault = struck.fault;
    switch (struck.fault) {
        case Fault::throttled_429:
            ending = refuse(429, 20429, "Too many requests", fmt::format("Retry-After: {}\r\n", retry_after_seconds));
            break;
        case Fault::error_500_taken:
        case Fault::error_500_not: {
            std::string sid = std::move(ending.sid);
            ending = refuse(500, 20500, "Internal server error");
            ending.sid = std::move(sid);
            break;
        }
        case Fault::hang_taken:
        case Fault::hang_not: ending.how = Ending::How::hang; break;
        case Fault::close_taken:
        case Fault::close_not: make_close(ending, struck.hash); break;
        case Fault::reset_taken:
        case Fault::reset_not: ending.how = Ending::How::reset; break;
        case Fault::garbage_taken:
        case Fault::garbage_not: make_garbage(ending, struck.hash); break;
        case Fault::refused:
            ending = struck.hash % 2 == 0 ? refuse(400, 21211, "The 'To' number is not a valid phone number")
                                          : refuse(400, 21614, "The 'To' number is not a mobile number");
            break;
        default: break;
    }
    ending.fault = struck.fault;
    return ending;
}

void carry_out(const Ending& ending, http::Reply& reply) {
    switch (ending.how) {
        case Ending::How::hang: return reply.hang();
        case Ending::How::reset: return reply.reset();
        case Ending::How::close: return ending.bytes.empty() ? reply.close() : reply.send_then_close(ending.bytes);
        case Ending::How::garbage:
        case Ending::How::answer:
            return ending.keep_open ? reply.send(ending.bytes) : reply.send_then_close(ending.bytes);
    }
}

}  // namespace simulator::carrier

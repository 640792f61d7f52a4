#pragma once
// UnixClient: the other end of a UnixServer, blocking, for the command line.
//
// One thread may write while another reads; who sends many lines must do so, since the server stops reading from a
// peer that does not take its answers.

#include <optional>
#include <string>
#include <string_view>

#include "common/base/result.hpp"

namespace whistlestop::http {

class UnixClient {
public:
    // Fault::not_found: there is no such socket; Fault::unavailable: nobody listens.
    [[nodiscard]] static Result<UnixClient> connect(const std::string& path);
    UnixClient(UnixClient&& other) noexcept;
    UnixClient& operator=(UnixClient&&) = delete;
    ~UnixClient();

    [[nodiscard]] Result<void> write(std::string_view line);  // adds the line's end

    // The next line without its end; nothing once the server has closed.
    [[nodiscard]] Result<std::optional<std::string>> read();

    void finish();  // says that no line will follow; the answers can still be read
    void close();   // a read() that waits in another thread ends with nothing

private:
    explicit UnixClient(int descriptor) : descriptor_{descriptor} {}

    int descriptor_;
    std::string arrived_;
    std::size_t read_ = 0;  // of what arrived
};

}  // namespace whistlestop::http

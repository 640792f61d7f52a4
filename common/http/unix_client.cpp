#include "common/http/unix_client.hpp"

#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <string>
#include <system_error>
#include <utility>

#include "common/http/unix_path.hpp"

namespace whistlestop::http {
namespace {

std::unexpected<Error> fail_with_errno(const std::string& what) {
    return fail(Fault::unavailable, what + ": " + std::generic_category().message(errno));
}

}  // namespace

Result<UnixClient> UnixClient::connect(const std::string& path) {
    const auto descriptor = connect_unix(path);
    if (!descriptor) return std::unexpected{descriptor.error()};
    return UnixClient{*descriptor};
}

UnixClient::UnixClient(UnixClient&& other) noexcept
    : descriptor_{std::exchange(other.descriptor_, -1)}, arrived_{std::move(other.arrived_)}, read_{other.read_} {}

UnixClient::~UnixClient() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

Result<void> UnixClient::write(std::string_view line) {
    const std::string text = std::string{line} + '\n';
    std::string_view rest = text;
    while (!rest.empty()) {
        const ssize_t sent = ::send(descriptor_, rest.data(), rest.size(), MSG_NOSIGNAL);
        if (sent < 0 && errno == EINTR) continue;
        if (sent < 0) return fail_with_errno("write");
        rest.remove_prefix(static_cast<std::size_t>(sent));
    }
    return {};
}

Result<std::optional<std::string>> UnixClient::read() {
    std::size_t searched = read_;
    for (;;) {
        const std::size_t end = arrived_.find('\n', searched);
        if (end != std::string::npos) {
            std::string line = arrived_.substr(read_, end - read_);
            read_ = end + 1;
            return line;
        }
        arrived_.erase(0, std::exchange(read_, 0));
        searched = arrived_.size();
        std::array<char, 65'536> bytes;
        const ssize_t got = ::recv(descriptor_, bytes.data(), bytes.size(), 0);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return fail_with_errno("read");
        if (got == 0 && !arrived_.empty()) return fail(Fault::unavailable, "read: closed within a line");
        if (got == 0) return std::nullopt;
        arrived_.append(bytes.data(), static_cast<std::size_t>(got));
    }
}

void UnixClient::finish() { ::shutdown(descriptor_, SHUT_WR); }

void UnixClient::close() { ::shutdown(descriptor_, SHUT_RDWR); }

}  // namespace whistlestop::http

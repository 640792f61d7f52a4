#include "common/http/unix_path.hpp"

#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <system_error>

#include "common/base/check.hpp"

namespace whistlestop::http {

Result<sockaddr_un> unix_address(const std::string& path) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (path.empty() || path.size() >= sizeof address.sun_path)
        return fail(Fault::invalid, "a socket's path has 1 to 107 bytes: " + path);
    std::memcpy(address.sun_path, path.data(), path.size());
    return address;
}

Result<int> connect_unix(const std::string& path) {
    const auto address = unix_address(path);
    if (!address) return std::unexpected{address.error()};
    const int descriptor = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    check(descriptor >= 0);
    if (::connect(descriptor, reinterpret_cast<const sockaddr*>(&*address), sizeof *address) == 0) return descriptor;
    const int why = errno;
    ::close(descriptor);
    return fail(why == ENOENT ? Fault::not_found : Fault::unavailable,
                "connect to " + path + ": " + std::generic_category().message(why));
}

}  // namespace whistlestop::http

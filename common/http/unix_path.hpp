#pragma once
// A path as the address of a Unix-domain socket. For sources of common/http only.

#include <sys/un.h>

#include <string>

#include "common/base/result.hpp"

namespace whistlestop::http {

// Fault::invalid: a path that no such address can hold.
[[nodiscard]] Result<sockaddr_un> unix_address(const std::string& path);

// Connects, blocking. The descriptor is the caller's. Fault::not_found: no such socket; Fault::unavailable: nobody
// listens.
[[nodiscard]] Result<int> connect_unix(const std::string& path);

}  // namespace whistlestop::http

#pragma once
// The digest that Twilio's signature is made of. The only file that knows OpenSSL here.

#include <initializer_list>
#include <string>
#include <string_view>

namespace whistlestop::intake {

// Base64 of HMAC-SHA1 over the parts, as if joined.
[[nodiscard]] std::string hmac_sha1_base64(std::string_view key, std::initializer_list<std::string_view> parts);

// Takes as long for any two texts of one length.
[[nodiscard]] bool equal_in_constant_time(std::string_view a, std::string_view b);

}  // namespace whistlestop::intake

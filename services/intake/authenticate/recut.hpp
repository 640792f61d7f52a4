#pragma once
// Recut: a signed form cut up differently, so that what somebody wrote becomes the fields of another's text.
//
// Names and values are signed without a mark between them. Who sends a text "STARTFrom+1…MessageSidSM…To+1…Zz" and
// holds its webhook can cut it into Body=START, another's From and a new MessageSid; the real ones are left in what
// follows, in the value of a field that nobody knows.

#include <string_view>

namespace whistlestop::intake {

// Does the signed text of a form, its Body left out, name two messages and two senders?
[[nodiscard]] bool names_two_texts(std::string_view signed_without_body);

}  // namespace whistlestop::intake

#pragma once
// GET …/Messages.json: the texts that were taken, newest first, by To, From and DateSent. This is what a gateway reads
// to learn what became of a call that it got no answer to.

#include <limits>
#include <optional>
#include <string>
#include <string_view>

#include "load-tests/simulator/carrier/dates.hpp"
#include "load-tests/simulator/carrier/form.hpp"
#include "load-tests/simulator/carrier/texts.hpp"

namespace simulator::carrier {

// When a text may have been sent, both ends included, in whole seconds as the list shows them.
struct SentRange {
    WallSeconds from = 0;
    WallSeconds to = std::numeric_limits<WallSeconds>::max();
};

// `DateSent>=`, `DateSent<=` and `DateSent=` as Twilio has them: a day alone means its midnight for the first two and
// the whole day for the last. Empty where a moment cannot be read.
[[nodiscard]] std::optional<SentRange> sent_range(const Fields& query);

// One page, as a whole HTTP answer. `query` is the text behind the '?', possibly empty.
[[nodiscard]] std::string list_messages(const Account& account, std::string_view query, Texts& texts, const Sids& sids);

}  // namespace simulator::carrier

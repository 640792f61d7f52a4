#include "services/inbox/thread/attention.hpp"

#include <algorithm>

namespace whistlestop::thread {
namespace {

bool is_lost(v1::DeliveryState delivery) {
    return delivery == v1::DELIVERY_STATE_EXPIRED || delivery == v1::DELIVERY_STATE_FAILED ||
           delivery == v1::DELIVERY_STATE_UNDELIVERED;
}

}  // namespace

bool is_handling(const Text& text) {
    return !text.inbound() && text.class_() == v1::TEXT_CLASS_REPLY && text.state() == v1::REQUEST_STATE_SENT &&
           !is_lost(text.delivery());
}

bool needs_attention(const Thread& thread) {
    if (thread.opted_out() || thread.held()) return false;
    std::uint64_t handled = thread.handled();
    for (const Text& text : thread.texts())
        if (is_handling(text)) handled = std::max(handled, text.arrival());
    return newest_arrival(thread) > handled;
}

}  // namespace whistlestop::thread

#include "services/dispatch/lane/schedule.hpp"

#include <algorithm>
#include <utility>

#include "common/base/check.hpp"

namespace whistlestop::dispatch {

void Schedule::add(Waiting waiting, End end) {
    Sender& sender = senders_[waiting.sender];
    Queue& queue = waiting.first ? sender.firsts[waiting.campaign] : sender.replies;
    if (end == End::back) {
        queue.push_back(waiting.id);
    } else {
        queue.push_front(waiting.id);
    }
    const std::string id = waiting.id;
    check(waiting_.emplace(id, std::move(waiting)).second);
}

std::optional<Waiting> Schedule::remove(const std::string& id) {
    auto node = waiting_.extract(id);
    if (node.empty()) return std::nullopt;
    return std::move(node.mapped());
}

std::vector<std::string> Schedule::senders(Class of) const {
    std::vector<std::string> found;
    const auto add = [&](const auto& entry) {
        if (of == Class::reply ? !entry.second.replies.empty() : !entry.second.firsts.empty())
            found.push_back(entry.first);
    };
    const auto turn = senders_.upper_bound(last_sender_);
    std::for_each(turn, senders_.end(), add);
    std::for_each(senders_.begin(), turn, add);
    return found;
}

Schedule::Queue* Schedule::queue_of(Sender& sender, Class of) {
    if (of == Class::reply) return sender.replies.empty() ? nullptr : &sender.replies;
    if (sender.firsts.empty()) return nullptr;
    auto turn = sender.firsts.upper_bound(sender.last_campaign);
    if (turn == sender.firsts.end()) turn = sender.firsts.begin();
    return &turn->second;
}

void Schedule::drop_holes(Sender& sender, Class of) {
    while (Queue* queue = queue_of(sender, of)) {
        while (!queue->empty() && !waiting_.contains(queue->front())) queue->pop_front();
        if (!queue->empty()) return;
        if (of == Class::reply) return;
        std::erase_if(sender.firsts, [](const auto& entry) { return entry.second.empty(); });
    }
}

const Waiting* Schedule::front(const std::string& sender, Class of) {
    const auto found = senders_.find(sender);
    if (found == senders_.end()) return nullptr;
    drop_holes(found->second, of);
    const Queue* queue = queue_of(found->second, of);
    return queue == nullptr ? nullptr : &waiting_.at(queue->front());
}

Waiting Schedule::take_front(const std::string& sender, Class of) {
    Sender& from = senders_.at(sender);
    Queue* queue = queue_of(from, of);
    check(queue != nullptr);
    auto node = waiting_.extract(queue->front());
    check(!node.empty());
    queue->pop_front();
    if (of == Class::first) {
        from.last_campaign = node.mapped().campaign;
        if (queue->empty()) from.firsts.erase(from.last_campaign);
    }
    if (from.replies.empty() && from.firsts.empty()) senders_.erase(sender);
    return std::move(node.mapped());
}

}  // namespace whistlestop::dispatch

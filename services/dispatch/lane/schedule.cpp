#include "services/dispatch/lane/schedule.hpp"

#include <algorithm>
#include <utility>

#include "common/base/check.hpp"

namespace whistlestop::dispatch {

void Schedule::add(Waiting waiting, End end) {
    const auto [entry, came] = senders_.try_emplace(waiting.sender);
    Sender& sender = entry->second;
    if (came) take_turn(waiting.sender, sender);
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

// To the end of the row.
void Schedule::take_turn(const std::string& number, Sender& sender) {
    turns_.erase(sender.turn);
    sender.turn = ++last_turn_;
    turns_.emplace(sender.turn, number);
}

std::vector<std::string> Schedule::senders(Class of) const {
    std::vector<std::string> found;
    for (const auto& [turn, number] : turns_) {
        const Sender& sender = senders_.at(number);
        if (of == Class::reply ? !sender.replies.empty() : !sender.firsts.empty()) found.push_back(number);
    }
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
    take_turn(sender, from);
    if (of == Class::first) {
        from.last_campaign = node.mapped().campaign;
        if (queue->empty()) from.firsts.erase(from.last_campaign);
    }
    if (from.replies.empty() && from.firsts.empty()) {
        turns_.erase(from.turn);
        senders_.erase(sender);
    }
    return std::move(node.mapped());
}

}  // namespace whistlestop::dispatch

#pragma once
// Threads: those of one contact while one record is handled. Rows are read when they are asked for and written once, at
// the end, each with its summary if a reader can see the change. One object serves record after record: rows are read
// into the memory of earlier ones, which halves what an event costs.
//
// A thread knows whether it shares a sender with another one of the contact: only then, and seldom, do the others have
// to be looked at.

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "common/commands/command.hpp"
#include "common/runtime/processor.hpp"
#include "services/inbox/thread/conversation.hpp"

namespace whistlestop::thread {

using ContactThreads = state::v1::ContactThreadsRow;

class Threads {
public:
    // Forgets everything of the record before. `context` must outlive the handling of this one.
    void begin(Context& context, std::string_view contact);

    // References and pointers to threads are valid until the next begin().
    [[nodiscard]] Thread* find(std::string_view campaign);
    // The thread, made if there is none: it mirrors what stands for its organisation.
    [[nodiscard]] Thread& open(std::string_view organisation, std::string_view campaign);
    // Those that have texts of this number of ours.
    [[nodiscard]] std::vector<Thread*> of_sender(std::string_view sender);

    // The thread has a text of this number.
    void note_sender(Thread& thread, const std::string& sender);
    // A reader can see that it changed.
    void changed(Thread& thread);

    // What stands against this contact for this organisation (`*`: all), from now on; mirrored by its threads.
    void stand(const ContactThreads::Standing& standing);

    // Applies an event to a text that has left the row. False: it is not there either.
    bool apply_archived(Thread& thread, std::string_view id, const v1::OutboundEvent& event);

    void save(Cause& cause);

private:
    struct Loaded {
        Thread row;
        bool fresh = false;
        bool dirty = false;
        bool changed = false;
    };

    [[nodiscard]] std::string key_of(std::string_view campaign) const;
    [[nodiscard]] Loaded& spare();
    Loaded& loaded(const Thread& thread);
    [[nodiscard]] ContactThreads& contact_row();
    [[nodiscard]] ContactThreads::Thread& listed(const Thread& thread);
    void mirror(Thread& thread);
    void save(Cause& cause, Loaded& loaded);
    void archive(Thread& thread);

    Context* context_ = nullptr;
    std::string contact_;
    std::vector<std::unique_ptr<Loaded>> loaded_;  // on the heap, so that they stay where they are
    std::size_t count_ = 0;                        // of this record; behind them are spare ones
    ContactThreads contact_row_;
    bool contact_loaded_ = false;
    bool contact_fresh_ = false;
    bool contact_dirty_ = false;
    v1::ThreadSummary summary_;
    std::string bytes_;
};

}  // namespace whistlestop::thread

#include "load-tests/simulator/http/stamped_read.hpp"

#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <ctime>

namespace simulator::http {

namespace {

// The kernel stamps with the clock that may be set; what counts is how long ago that was.
WallMicros stamp_of(msghdr& message) {
    for (cmsghdr* note = CMSG_FIRSTHDR(&message); note != nullptr; note = CMSG_NXTHDR(&message, note)) {
        if (note->cmsg_level != SOL_SOCKET || note->cmsg_type != SCM_TIMESTAMPNS) continue;
        timespec at{};
        std::memcpy(&at, CMSG_DATA(note), sizeof at);
        const std::int64_t stamp = at.tv_sec * 1'000'000 + at.tv_nsec / 1000;
        return wall_now() - std::max<std::int64_t>(0, micros_of<std::chrono::system_clock>() - stamp);
    }
    return wall_now();
}

}  // namespace

void stamp_arrivals(int socket) {
    const int on = 1;
    ::setsockopt(socket, SOL_SOCKET, SO_TIMESTAMPNS, &on, sizeof on);
}

StampedRead read_stamped(int socket, std::string& into) {
    char bytes[16'384];
    alignas(cmsghdr) char notes[128];
    iovec part{bytes, sizeof bytes};
    msghdr message{};
    message.msg_iov = &part;
    message.msg_iovlen = 1;
    message.msg_control = notes;
    message.msg_controllen = sizeof notes;
    const ssize_t got = ::recvmsg(socket, &message, MSG_DONTWAIT);
    if (got == 0) return {StampedRead::End::closed, 0};
    if (got < 0) return {errno == EAGAIN || errno == EINTR ? StampedRead::End::more : StampedRead::End::failed, 0};
    into.append(bytes, static_cast<std::size_t>(got));
    return {StampedRead::End::more, stamp_of(message)};
}

}  // namespace simulator::http

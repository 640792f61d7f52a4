#pragma once
// Blocking sockets for the tests of this folder: a raw client, and a peer that follows a script.
//
// Every wait ends after `patience`, so a test that would hang fails instead.

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <future>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include "common/base/clock.hpp"

namespace whistlestop::http::test {

constexpr std::chrono::seconds patience{10};

template <class T>
T wait_for(std::future<T> future) {
    if (future.wait_for(patience) != std::future_status::ready) throw std::runtime_error{"waited in vain"};
    return future.get();
}

// Shared, so that a Peer can hang up on its scripts.
class Descriptor {
public:
    explicit Descriptor(int fd) : fd_{fd} {}
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    ~Descriptor() { ::close(fd_); }
    [[nodiscard]] int get() const { return fd_; }

private:
    int fd_;
};

class Socket {
public:
    explicit Socket(int fd) : descriptor_{std::make_shared<Descriptor>(fd)} {
        const timeval limit{.tv_sec = patience.count(), .tv_usec = 0};
        ::setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    }
    static Socket connected_to(std::uint16_t port) {
        const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        const sockaddr_in address = loopback(port);
        if (::connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) ADD_FAILURE() << "connect";
        return Socket{fd};
    }

    static sockaddr_in loopback(std::uint16_t port) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        return address;
    }

    // False once the other side is gone.
    bool send(std::string_view bytes) {
        while (!bytes.empty()) {
            const ssize_t sent = ::send(fd(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (sent <= 0) return false;
            bytes.remove_prefix(static_cast<std::size_t>(sent));
        }
        return true;
    }

    // What comes next; empty at the end, after a reset, or when patience is over.
    std::string receive() {
        std::array<char, 65'536> bytes;
        const ssize_t got = ::recv(fd(), bytes.data(), bytes.size(), 0);
        timed_out_ = got < 0 && errno == EAGAIN;
        return got > 0 ? std::string{bytes.data(), static_cast<std::size_t>(got)} : std::string{};
    }

    // Up to and with `mark`; shorter when the other side closes first.
    std::string receive_until(std::string_view mark) {
        while (!kept_.contains(mark)) {
            const std::string more = receive();
            if (more.empty()) return std::exchange(kept_, {});
            kept_ += more;
        }
        const std::size_t end = kept_.find(mark) + mark.size();
        std::string text = kept_.substr(0, end);
        kept_.erase(0, end);
        return text;
    }

    std::string receive_all() {
        std::string text = std::exchange(kept_, {});
        for (std::string more = receive(); !more.empty(); more = receive()) text += more;
        EXPECT_FALSE(timed_out_) << "the other side did not close";
        return text;
    }

    void reset() {  // not a proper close: the other side sees ECONNRESET
        const linger at_once{.l_onoff = 1, .l_linger = 0};
        ::setsockopt(fd(), SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
        close();
    }

    void close() { descriptor_.reset(); }

    [[nodiscard]] int fd() const { return descriptor_->get(); }
    [[nodiscard]] std::weak_ptr<Descriptor> descriptor() const { return descriptor_; }

private:
    std::shared_ptr<Descriptor> descriptor_;
    bool timed_out_ = false;
    std::string kept_;
};

// A listener on a free port of the loopback. Each connection runs the script on a thread of its own; at the end of the
// peer all are cut.
class Peer {
public:
    using Script = std::function<void(Socket)>;

    explicit Peer(Script script) : script_{std::move(script)} {
        listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        const int yes = 1;
        ::setsockopt(listener_, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
        sockaddr_in address = Socket::loopback(0);
        socklen_t size = sizeof address;
        if (::bind(listener_, reinterpret_cast<sockaddr*>(&address), size) != 0) ADD_FAILURE() << "bind";
        ::listen(listener_, 128);
        ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size);
        port_ = ntohs(address.sin_port);
        thread_ = std::jthread{[this] { accept(); }};
    }
    Peer(const Peer&) = delete;
    Peer& operator=(const Peer&) = delete;
    ~Peer() {
        ::shutdown(listener_, SHUT_RDWR);
        thread_.join();
        for (const auto& connection : connections_)
            if (const auto open = connection.lock()) ::shutdown(open->get(), SHUT_RDWR);
        scripts_.clear();
        ::close(listener_);
    }

    [[nodiscard]] std::uint16_t port() const { return port_; }
    [[nodiscard]] int accepted() const { return accepted_; }

private:
    void accept() {
        for (;;) {
            const int fd = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
            if (fd < 0) return;
            ++accepted_;
            Socket socket{fd};
            connections_.push_back(socket.descriptor());
            scripts_.emplace_back([this, socket = std::move(socket)]() mutable { script_(std::move(socket)); });
        }
    }

    Script script_;
    int listener_ = -1;
    std::uint16_t port_ = 0;
    std::atomic<int> accepted_ = 0;
    std::vector<std::weak_ptr<Descriptor>> connections_;
    std::vector<std::jthread> scripts_;
    std::jthread thread_;
};

// A clock that a test moves by hand.
class HandClock final : public Clock {
public:
    [[nodiscard]] WallMs wall() const override { return {now_}; }
    [[nodiscard]] BootMs boot() const override { return {now_}; }
    void move(std::chrono::milliseconds by) { now_ += by.count(); }

private:
    std::atomic<std::int64_t> now_ = 1'000'000;
};

}  // namespace whistlestop::http::test

#include "load-tests/simulator/http/poster.hpp"

#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/write.hpp>

#include <algorithm>
#include <optional>
#include <utility>

#include "load-tests/simulator/http/message.hpp"
#include "load-tests/simulator/http/stamped_read.hpp"

namespace simulator::http {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

class Poster::Line : public std::enable_shared_from_this<Line> {
public:
    Line(Poster& poster, const Endpoint& endpoint) : poster_{&poster}, endpoint_{endpoint}, socket_{poster.io_} {}

    [[nodiscard]] const Endpoint& endpoint() const { return endpoint_; }

    void begin(Post post) {
        post_ = std::move(post);
        began_ = Steady::now();
        sent_ = wall_now();
        if (socket_.is_open()) return write();
        socket_.async_connect(endpoint_, [self = shared_from_this()](const error_code& error) {
            if (!self->post_) return;
            if (error) return self->end({0, "connect", self->sent_, wall_now()});
            self->connected();
        });
    }

    void give_up_before(Steady::time_point began) {
        if (post_ && began_ < began) end({0, "timeout", sent_, wall_now()});
    }

    // The poster is gone, or has no more use for this line.
    void abandon() {
        poster_ = nullptr;
        post_.reset();
        error_code ignored;
        socket_.close(ignored);
    }

private:
    void connected() {
        error_code ignored;
        socket_.set_option(tcp::no_delay{true}, ignored);
        stamp_arrivals(socket_.native_handle());
        await_bytes();
        write();
    }

    void write() {
        sent_ = wall_now();
        in_.clear();
        out_ = std::move(post_->request);
        writing_ = true;
        asio::async_write(socket_, asio::buffer(out_),
                          [self = shared_from_this()](const error_code& error, std::size_t) {
                              self->writing_ = false;
                              if (error && self->post_) self->end({0, "closed", self->sent_, wall_now()});
                          });
    }

    // Waits also while idle, so that a connection which the other side closes is not used again.
    void await_bytes() {
        socket_.async_wait(tcp::socket::wait_read, [self = shared_from_this()](const error_code& error) {
            if (!error) self->take_bytes();
        });
    }

    void take_bytes() {
        const bool first = in_.empty();
        const StampedRead read = read_stamped(socket_.native_handle(), in_);
        if (read.end != StampedRead::End::more || (!post_ && !in_.empty())) return lost();
        if (first) answered_ = read.arrived;
        const CutAnswer cut = cut_answer(in_);
        if (!post_ || cut.cut == Cut::incomplete) return await_bytes();
        if (cut.cut == Cut::malformed) return end({0, "malformed", sent_, answered_});
        answered(cut);
    }

    void answered(const CutAnswer& cut) {
        const bool early = writing_;  // answered before it was read to its end
        if (!cut.keep_alive || early) return end({cut.status, {}, sent_, answered_});
        std::optional<Post> post = std::exchange(post_, std::nullopt);
        await_bytes();
        in_.clear();
        --poster_->busy_;
        poster_->idle_.push_back(this);
        post->done({cut.status, {}, sent_, answered_});
        if (poster_ != nullptr) poster_->pump();
    }

    void lost() {
        if (post_) return end({0, "closed", sent_, wall_now()});
        if (poster_ != nullptr) poster_->drop(*this);
    }

    // Reports, and leaves the pool.
    void end(const Posted& posted) {
        const auto keep = shared_from_this();
        std::optional<Post> post = std::exchange(post_, std::nullopt);
        Poster* poster = poster_;
        --poster->busy_;
        poster->drop(*this);
        post->done(posted);
        poster->pump();
    }

    Poster* poster_;
    Endpoint endpoint_;
    asio::basic_stream_socket<tcp, asio::io_context::executor_type> socket_;
    std::optional<Post> post_;
    std::string in_;
    std::string out_;
    bool writing_ = false;
    Steady::time_point began_;
    WallMicros sent_ = 0;
    WallMicros answered_ = 0;
};

Poster::Poster(asio::io_context& io, Settings settings) : io_{io}, settings_{settings} {}

Poster::~Poster() {
    for (const auto& line : lines_) line->abandon();
}

void Poster::post(Post post, Urgency urgency) {
    queues_[static_cast<std::size_t>(urgency)].push_back(std::move(post));
    pump();
}

void Poster::sweep() {
    const auto began = Steady::now() - settings_.timeout;
    const auto lines = lines_;  // ending one changes the list
    for (const auto& line : lines) line->give_up_before(began);
}

void Poster::pump() {
    while (busy_ < settings_.connections_max && waiting() > 0) {
        auto& queue = queues_[0].empty() ? queues_[1] : queues_[0];
        Post post = std::move(queue.front());
        queue.pop_front();
        if (begin(std::move(post))) continue;
    }
}

bool Poster::begin(Post post) {
    error_code error;
    const auto address = asio::ip::make_address(post.host == "localhost" ? "127.0.0.1" : post.host, error);
    if (error) {
        asio::post(io_, [done = std::move(post.done), at = wall_now()]() mutable { done({0, "address", at, at}); });
        return false;
    }
    const auto line = line_to(Endpoint{address, post.port});
    ++busy_;
    line->begin(std::move(post));
    return true;
}

std::shared_ptr<Poster::Line> Poster::line_to(const Endpoint& endpoint) {
    const auto fits = [&endpoint](const Line* line) { return line->endpoint() == endpoint; };
    if (const auto found = std::find_if(idle_.rbegin(), idle_.rend(), fits); found != idle_.rend()) {
        Line* line = *found;
        idle_.erase(std::next(found).base());
        return line->shared_from_this();
    }
    if (lines_.size() >= settings_.connections_max) drop(*idle_.front());
    return lines_.emplace_back(std::make_shared<Line>(*this, endpoint));
}

void Poster::drop(const Line& line) {
    std::erase(idle_, &line);
    const auto found = std::ranges::find(lines_, &line, &std::shared_ptr<Line>::get);
    if (found == lines_.end()) return;
    const auto dropped = *found;
    lines_.erase(found);
    dropped->abandon();
}

}  // namespace simulator::http

#pragma once
// UnixServer: lines over a Unix-domain socket that only our own user may open.
//
// For the command line talking to the running process. A line is handed over on the io thread, which must not block;
// it is dealt with when the handler's owner calls answered(), from any thread, having written as many lines back as it
// likes. A connection is read no further while too many lines are unanswered or too many bytes unsent.

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "common/base/result.hpp"
#include "common/http/io_thread.hpp"

namespace whistlestop::http {

// The way back to the one who sent a line. Any thread; may outlive the server.
class LineSink {
public:
    virtual ~LineSink() = default;

    // Lines of one thread arrive in the order of its calls. False: the peer is gone, and so is the line.
    virtual bool write(std::string_view line) = 0;

    // Once for every line that was handed over. When the peer has sent its last and all are answered, it is let go.
    virtual void answered() = 0;

    // Written and not yet taken by the peer: who writes without being asked pauses while this is large.
    [[nodiscard]] virtual std::size_t unsent_bytes() const = 0;
};

using LineHandler = std::function<void(std::string line, std::shared_ptr<LineSink> sink)>;

struct UnixServerLimits {
    std::size_t line_bytes_max = 1'048'576;  // over it: told so, then closed
    std::size_t unsent_bytes_max = 4'194'304;
    std::size_t unanswered_lines_max = 4096;
    std::size_t connections_max = 64;  // over it: closed
};

class UnixServer {
public:
    // The socket has mode 0600. One that nobody listens on any more is replaced. Fault::unavailable: somebody does;
    // Fault::invalid: the path is too long, or something else is there.
    [[nodiscard]] static Result<std::unique_ptr<UnixServer>> listen(IoThread& io, const std::string& path,
                                                                    UnixServerLimits limits, LineHandler handler);
    ~UnixServer();  // closes every connection and removes the socket
    UnixServer(const UnixServer&) = delete;
    UnixServer& operator=(const UnixServer&) = delete;

private:
    struct State;
    explicit UnixServer(std::shared_ptr<State> state);
    std::shared_ptr<State> state_;  // shared with operations that are still on the io thread
};

}  // namespace whistlestop::http

#pragma once
// File: a descriptor with an owner, and the few calls on it that the log needs.
//
// Every failure is a Result that names the path and what the system said; whether it ends the process is the caller's
// to say (`die`).

#include <sys/uio.h>

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>

#include "common/base/result.hpp"

namespace whistlestop::embedded {

class File {
public:
    // Fault::unavailable if it cannot be opened; `create` refuses a file that is there.
    [[nodiscard]] static Result<File> open(std::filesystem::path path);
    [[nodiscard]] static Result<File> create(std::filesystem::path path);
    // Opened or created, and held against every other opener as long as this lives.
    [[nodiscard]] static Result<File> lock(std::filesystem::path path);

    File(File&& other) noexcept;
    File& operator=(File&& other) noexcept;
    ~File();

    // All of the pieces, one after another, from `position` on. The pieces are used up.
    [[nodiscard]] Result<void> write(std::span<iovec> pieces, std::uint64_t position) const;
    [[nodiscard]] Result<void> write(std::string_view bytes, std::uint64_t position) const;
    [[nodiscard]] Result<std::string> read(std::uint64_t position, std::size_t bytes) const;
    [[nodiscard]] Result<void> sync() const;
    [[nodiscard]] Result<void> truncate(std::uint64_t bytes) const;
    [[nodiscard]] Result<std::uint64_t> size() const;

    [[nodiscard]] const std::filesystem::path& path() const { return path_; }
    [[nodiscard]] int descriptor() const { return descriptor_; }

private:
    File(int descriptor, std::filesystem::path path);
    int descriptor_ = -1;
    std::filesystem::path path_;
};

// The bytes of a file as they were when it was mapped. The file must not shrink meanwhile.
class Mapping {
public:
    [[nodiscard]] static Result<Mapping> of(const File& file);
    Mapping(Mapping&& other) noexcept;
    Mapping& operator=(Mapping&&) = delete;
    ~Mapping();
    [[nodiscard]] std::string_view bytes() const { return bytes_; }

private:
    explicit Mapping(std::string_view bytes) : bytes_{bytes} {}
    std::string_view bytes_;
};

// What was created, renamed or deleted in `folder` stays so.
[[nodiscard]] Result<void> sync_folder(const std::filesystem::path& folder);

// One line on stderr, whole even beside other threads.
void tell(const std::string& line);

// What is on disk is no longer known: the line, then the end, with nothing flushed and nobody told.
[[noreturn]] void die(std::string_view event, const Error& error);
inline constexpr int died_of_disk = 74;  // sysexits.h, EX_IOERR

}  // namespace whistlestop::embedded

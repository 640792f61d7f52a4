#include "common/log/embedded/file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>
#include <utility>

namespace whistlestop::embedded {
namespace {

std::unexpected<Error> failed(std::string_view what, const std::filesystem::path& path) {
    const int error = errno;
    return fail(Fault::unavailable,
                fmt::format("cannot {} {}: {}", what, path.native(), std::generic_category().message(error)));
}

// Drops the first `bytes` of what the pieces hold.
std::span<iovec> skip(std::span<iovec> pieces, std::size_t bytes) {
    while (!pieces.empty() && bytes >= pieces.front().iov_len) {
        bytes -= pieces.front().iov_len;
        pieces = pieces.subspan(1);
    }
    if (!pieces.empty()) {
        pieces.front().iov_base = static_cast<char*>(pieces.front().iov_base) + bytes;
        pieces.front().iov_len -= bytes;
    }
    return pieces;
}

}  // namespace

File::File(int descriptor, std::filesystem::path path) : descriptor_{descriptor}, path_{std::move(path)} {}

File::File(File&& other) noexcept : descriptor_{std::exchange(other.descriptor_, -1)}, path_{std::move(other.path_)} {}

File& File::operator=(File&& other) noexcept {
    std::swap(descriptor_, other.descriptor_);
    std::swap(path_, other.path_);
    return *this;
}

File::~File() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

Result<File> File::open(std::filesystem::path path) {
    const int descriptor = ::open(path.c_str(), O_RDWR | O_CLOEXEC);
    if (descriptor < 0) return failed("open", path);
    return File{descriptor, std::move(path)};
}

Result<File> File::create(std::filesystem::path path) {
    const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (descriptor < 0) return failed("create", path);
    return File{descriptor, std::move(path)};
}

Result<File> File::lock(std::filesystem::path path) {
    const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (descriptor < 0) return failed("open", path);
    File file{descriptor, std::move(path)};
    if (::flock(descriptor, LOCK_EX | LOCK_NB) == 0) return file;
    if (errno != EWOULDBLOCK) return failed("lock", file.path());
    return fail(Fault::unavailable,
                fmt::format("the folder {} is in use by another process", file.path().parent_path().native()));
}

Result<void> File::write(std::span<iovec> pieces, std::uint64_t position) const {
    pieces = skip(pieces, 0);
    while (!pieces.empty()) {
        const ssize_t written =
            ::pwritev(descriptor_, pieces.data(), static_cast<int>(pieces.size()), static_cast<off_t>(position));
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return failed("write", path_);
        position += static_cast<std::uint64_t>(written);
        pieces = skip(pieces, static_cast<std::size_t>(written));
    }
    return {};
}

Result<void> File::write(std::string_view bytes, std::uint64_t position) const {
    iovec piece{const_cast<char*>(bytes.data()), bytes.size()};
    return write(std::span{&piece, 1}, position);
}

Result<std::string> File::read(std::uint64_t position, std::size_t bytes) const {
    std::string out(bytes, '\0');
    std::size_t have = 0;
    while (have < bytes) {
        const ssize_t got = ::pread(descriptor_, out.data() + have, bytes - have, static_cast<off_t>(position + have));
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return failed("read", path_);
        if (got == 0) return fail(Fault::corrupt, fmt::format("{} ends at byte {}", path_.native(), position + have));
        have += static_cast<std::size_t>(got);
    }
    return out;
}

Result<void> File::sync() const {
    if (::fdatasync(descriptor_) != 0) return failed("sync", path_);
    return {};
}

Result<void> File::truncate(std::uint64_t bytes) const {
    if (::ftruncate(descriptor_, static_cast<off_t>(bytes)) != 0) return failed("truncate", path_);
    return {};
}

Result<std::uint64_t> File::size() const {
    struct stat status{};
    if (::fstat(descriptor_, &status) != 0) return failed("look at", path_);
    return static_cast<std::uint64_t>(status.st_size);
}

Result<Mapping> Mapping::of(const File& file) {
    const auto size = file.size();
    if (!size) return std::unexpected{size.error()};
    if (*size == 0) return Mapping{{}};
    void* const at = ::mmap(nullptr, *size, PROT_READ, MAP_PRIVATE, file.descriptor(), 0);
    if (at == MAP_FAILED) return failed("map", file.path());
    ::madvise(at, *size, MADV_SEQUENTIAL);
    return Mapping{{static_cast<const char*>(at), *size}};
}

Mapping::Mapping(Mapping&& other) noexcept : bytes_{std::exchange(other.bytes_, {})} {}

Mapping::~Mapping() {
    if (!bytes_.empty()) ::munmap(const_cast<char*>(bytes_.data()), bytes_.size());
}

Result<void> sync_folder(const std::filesystem::path& folder) {
    const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0) return failed("open", folder);
    const int synced = ::fsync(descriptor);
    const int error = errno;
    ::close(descriptor);
    errno = error;
    if (synced != 0) return failed("sync", folder);
    return {};
}

void tell(const std::string& line) {
    const std::string whole = line + '\n';
    [[maybe_unused]] const ssize_t written = ::write(STDERR_FILENO, whole.data(), whole.size());
}

void die(std::string_view event, const Error& error) {
    tell(fmt::format("event={} cause=\"{}\"", event, error.detail));
    ::_exit(died_of_disk);
}

}  // namespace whistlestop::embedded

#pragma once
// DiskGround: the log and the store that the gateway runs on, in a folder, and a list of what was acknowledged there.
//
// Its crash is the death of its process.

#include <condition_variable>
#include <filesystem>
#include <memory>
#include <mutex>
#include <set>
#include <string>

#include "common/log/embedded/embedded_log.hpp"
#include "common/testing/ground.hpp"

namespace whistlestop::flow {

// Where what is in a data folder; the store's own folder can be copied when its process is dead.
struct DataFolder {
    std::filesystem::path root;
    [[nodiscard]] std::filesystem::path log() const { return root / "log"; }
    [[nodiscard]] std::filesystem::path store() const { return root / "state"; }
    [[nodiscard]] std::filesystem::path acknowledged() const { return root / "acknowledged"; }
};

[[nodiscard]] std::unique_ptr<EmbeddedLog> open_log(const DataFolder& folder);
// Each in one line: its place and a hash of all of it.
[[nodiscard]] std::set<std::string> acknowledged_records(const DataFolder& folder);
[[nodiscard]] std::set<std::string> readable_records(const DataFolder& folder);

class DiskGround final : public Ground {
public:
    // `first_boot`: greater than every boot of the processes before.
    DiskGround(const DataFolder& folder, std::uint64_t first_boot);
    ~DiskGround() override;
    [[nodiscard]] Log& log() override;
    [[nodiscard]] Store& store() override { return *store_; }
    bool sync() override;
    void crash() override;
    void replay(const std::function<void(const RowChange&)>& apply) override;

private:
    class Noting;  // the log, with an eye on what it acknowledges

    std::unique_ptr<EmbeddedLog> files_;
    std::unique_ptr<Noting> log_;
    std::unique_ptr<Store> store_;
};

}  // namespace whistlestop::flow

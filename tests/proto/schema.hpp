#pragma once
// Schema: proto/ as descriptors, and the two things that are asked of it.
//
// lint: the conventions a reader and other languages rely on. The lock: one line per element that a stored record, a
// JSON document or a platform's generated code depends on; what was landed once is never changed or taken out.

#include <google/protobuf/descriptor.h>
#include <google/protobuf/descriptor.pb.h>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace whistlestop::schema {

using Lines = std::vector<std::string>;

class Schema {
public:
    // `set` holds every file after those it imports, as protoc writes it.
    explicit Schema(const google::protobuf::FileDescriptorSet& set);

    // Our own files, in the order of the set.
    [[nodiscard]] const std::vector<const google::protobuf::FileDescriptor*>& files() const { return files_; }

private:
    google::protobuf::DescriptorPool pool_;
    std::vector<const google::protobuf::FileDescriptor*> files_;
};

// What breaks a convention, one sentence each.
[[nodiscard]] Lines lint(const Schema& schema);

// The lock's lines for the schema as it is.
[[nodiscard]] Lines lock_lines(const Schema& schema);

struct Difference {
    Lines gone;   // in the lock, no longer in the schema: breaks whoever built on it
    Lines added;  // in the schema, not yet in the lock
};
[[nodiscard]] Difference compare(const Lines& lock, const Lines& now);

// The lines of a lock file without comments and empty ones.
[[nodiscard]] Lines parse_lock(std::string_view text);

}  // namespace whistlestop::schema

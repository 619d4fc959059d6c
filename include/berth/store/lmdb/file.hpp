#pragma once

/// \file
/// The LMDB environment of a durable store: one directory, opened by one process, with three tables: the
/// versions of each revision, the leases, and what is to be known about the file.

#include <berth/core/config.hpp>
#include <berth/core/error.hpp>
#include <berth/store/detail/stored_revision.hpp>
#include <berth/store/lmdb/directory.hpp>
#include <berth/store/lmdb/page_check.hpp>

#include <lmdb.h>
#include <sys/stat.h>
#include <sys/statvfs.h>

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <mutex>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <utility>

namespace berth::store {

/// How large a durable store is.
struct lmdb_size {
    std::size_t file_bytes = 0; ///< of the file
    std::size_t used_bytes = 0; ///< of those in use; the rest is free for new versions
    std::size_t map_bytes = 0;  ///< of the address space that it may grow into before it is mapped anew
};

namespace detail {

/// A failure of LMDB as an error: what was tried, and what it says.
[[nodiscard]] BERTH_DECL auto lmdb_failure(std::string const& directory, std::string_view what, int code,
                                           error_code kind = error_code::unavailable)
    -> std::unexpected<error>;

/// A write transaction that is aborted unless it was committed.
class lmdb_txn {
public:
    lmdb_txn() = default;
    explicit lmdb_txn(MDB_txn* t) : txn_(t) {}
    lmdb_txn(lmdb_txn&& other) noexcept : txn_(std::exchange(other.txn_, nullptr)) {}
    auto operator=(lmdb_txn&& other) noexcept -> lmdb_txn& {
        std::swap(txn_, other.txn_);
        return *this;
    }
    ~lmdb_txn() {
        if (txn_ != nullptr) ::mdb_txn_abort(txn_);
    }
    [[nodiscard]] auto get() const -> MDB_txn* { return txn_; }
    /// LMDB's code; 0 means that everything is on the disk.
    [[nodiscard]] auto commit() -> int { return ::mdb_txn_commit(std::exchange(txn_, nullptr)); }

private:
    MDB_txn* txn_ = nullptr;
};

/// An open environment. Write transactions one at a time, which the caller sees to.
class lmdb_file {
public:
    static constexpr std::string_view format = "berth store 1";

    /// Opens or makes the environment. Errors: `unavailable` (it is in use, cannot be written ...),
    /// `internal` (it is damaged, or something else).
    [[nodiscard]] static auto open(std::string const& directory, std::size_t map_bytes)
        -> result<std::unique_ptr<lmdb_file>>;
    lmdb_file(lmdb_file const&) = delete;
    auto operator=(lmdb_file const&) -> lmdb_file& = delete;
    ~lmdb_file() {
        if (environment_ != nullptr) ::mdb_env_close(environment_);
    }

    [[nodiscard]] auto path() const -> std::string const& { return directory_.path(); }

    /// The revision up to which the store is compacted, 0 if it never was. Error `internal`: it is damaged.
    [[nodiscard]] auto compacted() const -> result<std::int64_t>;
    /// Notes it. LMDB's code.
    [[nodiscard]] auto put_compacted(MDB_txn* txn, std::int64_t at) -> int;

    /// Runs `fill(txn, tables...)`, an LMDB code, in a write transaction and waits until it is on the disk.
    /// Where the map is too small it grows, and `fill` runs again. Errors: `unavailable`: nothing was
    /// written; `timeout`: whether it was is unknown, and the store must be opened anew.
    template <class Fill> [[nodiscard]] auto write(Fill fill) -> result<void> {
        if (broken_) return broken();
        if (is_gone())
            return fail(error_code::unavailable, "store: " + path() + ": the folder is not there any more");
        while (true) {
            auto const done = try_write(fill);
            if (done.code == MDB_SUCCESS) return {};
            if (done.code == MDB_MAP_FULL) {
                if (auto grown = grow(); !grown) return grown;
                continue;
            }
            return refusal(done);
        }
    }

    /// Calls `visit(revision, bytes) -> result<void>` for each stored revision, in order.
    template <class Visit> [[nodiscard]] auto each_revision(Visit visit) const -> result<void> {
        return each(revisions_, visit);
    }
    /// Calls `visit(id, bytes) -> result<void>` for each lease.
    template <class Visit> [[nodiscard]] auto each_lease(Visit visit) const -> result<void> {
        return each(leases_, visit);
    }

    /// Whether every stored revision is as it was written. Error `internal`: which one is not.
    [[nodiscard]] auto verify() const -> result<void>;

    /// Copies what is committed now into a new file, without what is free. Others may write meanwhile.
    [[nodiscard]] auto copy_to(std::string const& directory) -> result<void>;
    /// Sees to it that the map need not grow soon: while a copy is made it cannot.
    auto make_room() -> void {
        auto const size = this->size();
        if (size.map_bytes < 4 * size.file_bytes) static_cast<void>(grow_to(4 * size.file_bytes));
    }

    /// How large it is. From any thread.
    [[nodiscard]] auto size() const -> lmdb_size;

    [[nodiscard]] auto revisions() const -> MDB_dbi { return revisions_; }
    [[nodiscard]] auto leases() const -> MDB_dbi { return leases_; }

    [[nodiscard]] static auto view(void const* data, std::size_t size) -> MDB_val {
        return {size,
                const_cast<void*>(data)}; // NOLINT(cppcoreguidelines-pro-type-const-cast): C has no const
    }
    [[nodiscard]] static auto view(std::string_view text) -> MDB_val {
        return view(text.data(), text.size());
    }
    [[nodiscard]] static auto text(MDB_val const& v) -> std::string_view {
        return {static_cast<char const*>(v.mv_data), v.mv_size};
    }

private:
    static constexpr std::string_view compaction = "compacted";

    explicit lmdb_file(store_directory directory) : directory_(std::move(directory)) {}

    /// Makes the file of a new store, which gets its name when all of it is on the disk: LMDB does not wait
    /// for the first pages of a new file, and a crash could leave one that is nobody's.
    [[nodiscard]] static auto make(store_directory const& where) -> result<void>;

    /// What came of a write: LMDB's code, and whether it is of the commit.
    struct outcome {
        int code = MDB_SUCCESS;
        bool committing = false;
    };

    template <class Fill> [[nodiscard]] auto try_write(Fill& fill) -> outcome {
        auto* raw = static_cast<MDB_txn*>(nullptr);
        if (auto const code = ::mdb_txn_begin(environment_, nullptr, 0, &raw)) return {code, false};
        auto txn = lmdb_txn(raw);
        if (auto const code = fill(raw)) return {code, false};
        return {txn.commit(), true};
    }

    /// A commit that failed was not done, unless LMDB lost its way while it wrote the last page of it.
    [[nodiscard]] auto refusal(outcome const& o) -> std::unexpected<error>;
    /// Whether the file has been removed: what is written to it then is nowhere.
    [[nodiscard]] auto is_gone() const -> bool;
    /// How much space the disk has: LMDB takes a write that found too little for one that failed.
    [[nodiscard]] auto room() const -> std::string;
    [[nodiscard]] auto broken() const -> std::unexpected<error>;

    [[nodiscard]] auto open_environment(std::size_t map_bytes) -> result<void>;

    /// A new file gets its tables and its mark; one that has other tables is not ours.
    [[nodiscard]] auto open_tables(bool is_new) -> result<void>;

    [[nodiscard]] auto read_fact(std::string_view name) const -> std::string;

    template <class Visit> [[nodiscard]] auto each(MDB_dbi table, Visit& visit) const -> result<void> {
        auto* raw = static_cast<MDB_txn*>(nullptr);
        if (auto const code = ::mdb_txn_begin(environment_, nullptr, MDB_RDONLY, &raw))
            return lmdb_failure(path(), "it cannot be read", code);
        auto const txn = lmdb_txn(raw);
        auto* cursor = static_cast<MDB_cursor*>(nullptr);
        if (auto const code = ::mdb_cursor_open(raw, table, &cursor))
            return lmdb_failure(path(), "it cannot be read", code);
        auto const closed =
            std::unique_ptr<MDB_cursor, decltype(&::mdb_cursor_close)>(cursor, &::mdb_cursor_close);
        auto key = MDB_val{};
        auto value = MDB_val{};
        auto code = ::mdb_cursor_get(cursor, &key, &value, MDB_FIRST);
        for (; code == MDB_SUCCESS; code = ::mdb_cursor_get(cursor, &key, &value, MDB_NEXT)) {
            auto number = std::int64_t{0};
            if (key.mv_size == sizeof number) std::memcpy(&number, key.mv_data, sizeof number);
            if (auto seen = visit(number, text(value)); !seen) return seen;
        }
        if (code != MDB_NOTFOUND) return lmdb_failure(path(), "it is damaged", code, error_code::internal);
        return {};
    }

    [[nodiscard]] auto grow() -> result<void>;
    [[nodiscard]] auto grow_to(std::size_t bytes) -> result<void>;

    store_directory directory_;
    MDB_env* environment_ = nullptr;
    MDB_dbi revisions_ = 0;
    MDB_dbi leases_ = 0;
    MDB_dbi facts_ = 0;
    bool broken_ = false;                 ///< guarded by the writers' turn
    mutable std::shared_mutex map_mutex_; ///< readers share the map; whoever makes it grow must be alone
};

} // namespace detail
} // namespace berth::store

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/store/lmdb/file.ipp>
#endif

#pragma once

/// \file
/// `store::lmdb`: a durable versioned store in one directory.

#include <berth/store/codec.hpp>
#include <berth/store/detail/group_commit.hpp>
#include <berth/store/detail/local_store.hpp>
#include <berth/store/fwd.hpp>
#include <berth/store/lmdb/backup.hpp>
#include <berth/store/lmdb/file.hpp>
#include <berth/store/lmdb/sink.hpp>
#include <berth/store/versioned_store.hpp>

#include <cstddef>
#include <memory>
#include <mutex>
#include <string>
#include <utility>

namespace berth::store {

/// What can be chosen about a durable store.
struct lmdb_options {
    memory_options memory{}; ///< limits of transactions, leases and their clock
    /// The address space that the file is mapped into at first; it doubles by itself when the file fills it.
    std::size_t map_bytes = std::size_t{256} << 20U;
};

/// A whole store in memory, like `memory<V>` in every answer, that brings everything to the disk before it
/// answers. Reads and watches cost what they cost in memory, wait for no disk, and see what is on the disk
/// only.
///
/// * A write is acknowledged when it is on the disk (LMDB's commit: fdatasync of the data, then of the page
/// that
///   makes it valid). What concurrent writers wrote meanwhile, and whole batches, share one such commit.
/// * After a crash, whatever moment it comes, everything that was acknowledged is there, and no transaction
/// by
///   half. Leases get their whole time anew.
/// * A full disk or a failing one refuses the write with `unavailable` (nothing was done) or, if it failed in
///   the very moment that decides, `timeout` (unknown; then the store refuses all writes until it is opened
///   anew). Readers go on.
/// * When its folder is removed underneath it, it refuses writes from then on; readers go on.
/// * `compact` frees the space of what it forgets for new versions; the file itself does not shrink, a backup
///   does not contain it.
/// * One store at a time owns the directory; for others, also in other processes, it is "in use".
///
/// Models `versioned_store`. Movable. Memory: as `memory<V>`. Opening reads the file once from end to end.
template <class V = std::string, value_codec<V> Codec = text_codec>
class basic_lmdb : public detail::local_store<V, detail::group_commit<V, detail::lmdb_sink<V, Codec>>> {
    using journal_type = detail::group_commit<V, detail::lmdb_sink<V, Codec>>;
    using base = detail::local_store<V, journal_type>;

public:
    /// Opens the store of a directory, which is made if its parent is there. Errors: `unavailable`: it is in
    /// use, or cannot be made, read or written; `internal`: it holds something else or is damaged (the
    /// message says where).
    [[nodiscard]] static auto open(std::string const& directory, lmdb_options const& options = {},
                                   Codec codec = {}) -> result<basic_lmdb> {
        auto file = detail::lmdb_file::open(directory, options.map_bytes);
        if (!file) return std::unexpected(std::move(file.error()));
        auto sink = detail::lmdb_sink<V, Codec>(*std::move(file), std::move(codec));
        auto out = basic_lmdb(options.memory, std::make_unique<journal_type>(std::move(sink)));
        if (auto loaded = out.journal().sink().load(out.state(), options.memory.clock.now()); !loaded)
            return std::unexpected(std::move(loaded.error()));
        if (auto purged = out.journal().forgotten(); !purged)
            return std::unexpected(std::move(purged.error()));
        return out;
    }

    /// Writes the store as it is at one moment into a new directory, while others write: a store of its own,
    /// without the space that is free. Errors: `unavailable`: the directory is not empty, or cannot be
    /// written; then nothing is left there that could be taken for a backup.
    [[nodiscard]] auto backup(std::string const& directory) const -> result<void> {
        auto& file = this->journal().sink().file();
        {
            auto const turn = std::scoped_lock(this->journal().turn());
            file.make_room();
        }
        return detail::write_backup(file, directory);
    }

    /// How large it is.
    [[nodiscard]] auto size() const -> lmdb_size { return this->journal().sink().file().size(); }

private:
    using base::base;
};

using lmdb = basic_lmdb<>;
static_assert(versioned_store<lmdb>);

} // namespace berth::store

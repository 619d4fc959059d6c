#pragma once

/// \file
/// What a durable store writes into its file, and how it reads it back.

#include <berth/core/error.hpp>
#include <berth/store/codec.hpp>
#include <berth/store/detail/group_commit.hpp>
#include <berth/store/detail/memory_state.hpp>
#include <berth/store/detail/stored_revision.hpp>
#include <berth/store/lease.hpp>
#include <berth/store/lmdb/file.hpp>

#include <lmdb.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace berth::store::detail {

/// The sink of a `group_commit` on an `lmdb_file`. Every member returns when what it did is on the disk.
template <class V, value_codec<V> Codec> class lmdb_sink {
public:
    lmdb_sink(std::unique_ptr<lmdb_file> file, Codec codec)
        : file_(std::move(file)), codec_(std::move(codec)) {}

    [[nodiscard]] auto file() const -> lmdb_file& { return *file_; }

    [[nodiscard]] auto write(std::span<record<V>* const> records, std::span<lease_change const> leases)
        -> result<void> {
        return file_->write([&](MDB_txn* txn) -> int {
            for (std::size_t i = 0; i < records.size();) {
                auto const mod = records[i]->mod;
                writer_.clear();
                for (; i < records.size() && records[i]->mod == mod; ++i) add(*records[i]);
                if (auto const code = put(txn, mod, MDB_APPEND)) return code;
            }
            for (auto const& change : leases) {
                if (auto const code = put(txn, change)) return code;
            }
            return MDB_SUCCESS;
        });
    }

    [[nodiscard]] auto note_compaction(revision_number at) -> result<void> {
        auto const before = file_->compacted();
        if (!before) return std::unexpected(before.error());
        return file_->write([&](MDB_txn* txn) { return file_->put_compacted(txn, std::max(at, *before)); });
    }

    /// `dead` must be sorted. The space is free for the very next write: LMDB gives pages out again one
    /// commit after the one that freed them, which a full disk might never see.
    [[nodiscard]] auto purge(std::span<dead_version const> dead) -> result<void> {
        if (dead.empty()) return {};
        auto done = purge_parts(dead);
        if (auto const at = file_->compacted(); done && at && *at > 0)
            static_cast<void>(file_->write([&](MDB_txn* txn) { return file_->put_compacted(txn, *at); }));
        return done;
    }

    /// Fills an empty state from the file. What compactions left behind is noted as `forget` would.
    /// Errors: `internal`: a revision is damaged.
    [[nodiscard]] auto load(memory_state<V>& state, time_point now) -> result<void> {
        auto& versions = state.versions;
        auto leases = file_->each_lease([&](std::int64_t id, std::string_view bytes) -> result<void> {
            auto const ttl = stored_number::read(id, bytes);
            if (!ttl || *ttl <= 0 || *ttl > greatest_ttl) return damaged("lease", id);
            versions.leases().add(id, *ttl, now);
            return {};
        });
        if (!leases) return leases;
        auto read = file_->each_revision([&](std::int64_t mod, std::string_view bytes) -> result<void> {
            return restore(versions, mod, bytes);
        });
        if (!read) return read;
        auto const compacted = file_->compacted();
        if (!compacted) return std::unexpected(compacted.error());
        versions.restored(*compacted);
        state.newest.store(versions.visible());
        state.oldest.store(versions.compacted());
        return {};
    }

private:
    auto add(record<V> const& r) -> void {
        value_.clear();
        if (r.is_live()) codec_.encode(r.value, value_);
        writer_.add({r.key->view(), {r.mod, r.create, r.version, r.lease()}, value_});
    }
    [[nodiscard]] auto put(MDB_txn* txn, revision_number mod, unsigned how) -> int {
        auto key = lmdb_file::view(&mod, sizeof mod);
        auto value = lmdb_file::view(writer_.finish(mod));
        return ::mdb_put(txn, file_->revisions(), &key, &value, how);
    }
    [[nodiscard]] auto put(MDB_txn* txn, lease_change const& change) -> int {
        auto key = lmdb_file::view(&change.id, sizeof change.id);
        if (change.ttl == 0) {
            auto const code = ::mdb_del(txn, file_->leases(), &key, nullptr);
            return code == MDB_NOTFOUND ? MDB_SUCCESS : code;
        }
        auto const stored = stored_number::make(change.id, change.ttl);
        auto value = lmdb_file::view(&stored, sizeof stored);
        return ::mdb_put(txn, file_->leases(), &key, &value, 0);
    }

    /// Where there is no space for all at once, it is made by parts, the oldest first.
    [[nodiscard]] auto purge_parts(std::span<dead_version const> dead) -> result<void> {
        auto done = file_->write([&](MDB_txn* txn) -> int {
            for (std::size_t i = 0; i < dead.size();) {
                auto const mod = dead[i].mod;
                auto const begin = i;
                while (i < dead.size() && dead[i].mod == mod) ++i;
                if (auto const code = purge(txn, mod, dead.subspan(begin, i - begin))) return code;
            }
            return MDB_SUCCESS;
        });
        if (done || done.error().code != error_code::unavailable || dead.size() == 1) return done;
        done = purge_parts(dead.first(dead.size() / 2));
        return done ? purge_parts(dead.subspan(dead.size() / 2)) : done;
    }

    /// Takes versions out of a revision, and the revision away with its last one.
    [[nodiscard]] auto purge(MDB_txn* txn, revision_number mod, std::span<dead_version const> dead) -> int {
        auto key = lmdb_file::view(&mod, sizeof mod);
        auto value = MDB_val{};
        auto const code = ::mdb_get(txn, file_->revisions(), &key, &value);
        if (code != MDB_SUCCESS) return code == MDB_NOTFOUND ? MDB_SUCCESS : code;
        writer_.clear();
        auto reader = revision_reader(lmdb_file::text(value), mod);
        if (!reader.is_intact()) return MDB_CORRUPTED;
        for (auto v = stored_version{}; reader.next(v);) {
            auto const found = std::lower_bound(dead.begin(), dead.end(), v.key,
                                                [](auto const& d, auto text) { return d.key < text; });
            if (found == dead.end() || found->key != v.key) writer_.add(v);
        }
        if (!writer_.empty()) return put(txn, mod, 0);
        return ::mdb_del(txn, file_->revisions(), &key, nullptr);
    }

    [[nodiscard]] auto restore(history<V>& versions, revision_number mod, std::string_view bytes)
        -> result<void> {
        auto reader = revision_reader(bytes, mod);
        if (mod <= versions.revision() || !reader.is_intact()) return damaged("revision", mod);
        for (auto v = stored_version{}; reader.next(v);) {
            if (v.numbers.version == 0) {
                versions.restore(v.key, v.numbers, V{});
                continue;
            }
            auto value = codec_.decode(v.key, v.value);
            if (!value) return std::unexpected(std::move(value.error()));
            versions.restore(v.key, v.numbers, *std::move(value));
        }
        if (!reader.is_complete()) return damaged("revision", mod);
        return {};
    }
    [[nodiscard]] auto damaged(std::string_view what, std::int64_t number) const -> std::unexpected<error> {
        return fail(error_code::internal, "store: " + file_->path() + ": " + std::string{what} + " " +
                                              std::to_string(number) + " is damaged");
    }

    std::unique_ptr<lmdb_file> file_;
    Codec codec_;
    revision_writer writer_;
    std::string value_;
};

} // namespace berth::store::detail

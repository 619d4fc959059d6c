#pragma once

/// \file
/// The bodies of `berth/store/lmdb/file.hpp`.

#include <berth/core/config.hpp>
#include <berth/store/lmdb/file.hpp>

#include <algorithm>

namespace berth::store::detail {

BERTH_DECL auto lmdb_failure(std::string const& directory, std::string_view what, int code, error_code kind)
    -> std::unexpected<error> {
    return fail(kind, "store: " + directory + ": " + std::string{what} + ": " + ::mdb_strerror(code));
}

BERTH_DECL auto lmdb_file::open(std::string const& directory, std::size_t map_bytes)
    -> result<std::unique_ptr<lmdb_file>> {
    auto owned = store_directory::open(directory);
    if (!owned) return std::unexpected(std::move(owned.error()));
    if (!owned->has_data()) {
        if (auto made = make(*owned); !made) return std::unexpected(std::move(made.error()));
    }
    if (auto sound = check_pages(directory); !sound) return std::unexpected(std::move(sound.error()));
    auto out = std::unique_ptr<lmdb_file>(new lmdb_file(*std::move(owned)));
    if (auto opened = out->open_environment(map_bytes); !opened)
        return std::unexpected(std::move(opened.error()));
    if (auto opened = out->open_tables(false); !opened) return std::unexpected(std::move(opened.error()));
    if (auto kept = out->directory_.sync(); !kept) return std::unexpected(std::move(kept.error()));
    return out;
}

BERTH_DECL auto lmdb_file::compacted() const -> result<std::int64_t> {
    auto const stored = read_fact(compaction);
    if (stored.empty()) return 0;
    if (auto const at = stored_number::read(0, stored); at && *at > 0) return *at;
    return fail(error_code::internal, "store: " + path() + ": the compacted revision is damaged");
}

BERTH_DECL auto lmdb_file::put_compacted(MDB_txn* txn, std::int64_t at) -> int {
    auto const stored = stored_number::make(0, at);
    auto key = view(compaction);
    auto value = view(&stored, sizeof stored);
    return ::mdb_put(txn, facts_, &key, &value, 0);
}

BERTH_DECL auto lmdb_file::verify() const -> result<void> {
    return each_revision([&](std::int64_t mod, std::string_view bytes) -> result<void> {
        if (revision_reader(bytes, mod).is_intact()) return {};
        return fail(error_code::internal,
                    "store: " + path() + ": revision " + std::to_string(mod) + " is damaged");
    });
}

BERTH_DECL auto lmdb_file::copy_to(std::string const& directory) -> result<void> {
    auto const reading = std::shared_lock(map_mutex_);
    auto const code = ::mdb_env_copy2(environment_, directory.c_str(), MDB_CP_COMPACT);
    if (code != MDB_SUCCESS) return lmdb_failure(directory, "the backup cannot be written", code);
    return {};
}

BERTH_DECL auto lmdb_file::size() const -> lmdb_size {
    auto const reading = std::shared_lock(map_mutex_);
    auto info = MDB_envinfo{};
    auto stat = MDB_stat{};
    ::mdb_env_info(environment_, &info);
    ::mdb_env_stat(environment_, &stat);
    auto const page = std::size_t{stat.ms_psize};
    auto out = lmdb_size{.file_bytes = (info.me_last_pgno + 1) * page, .map_bytes = info.me_mapsize};
    auto* txn = static_cast<MDB_txn*>(nullptr);
    if (::mdb_txn_begin(environment_, nullptr, MDB_RDONLY, &txn) != MDB_SUCCESS) return out;
    auto const ended = lmdb_txn(txn);
    for (auto const table : {revisions_, leases_, facts_}) {
        if (::mdb_stat(txn, table, &stat) != MDB_SUCCESS) continue;
        out.used_bytes += (stat.ms_branch_pages + stat.ms_leaf_pages + stat.ms_overflow_pages) * page;
    }
    return out;
}

BERTH_DECL auto lmdb_file::make(store_directory const& where) -> result<void> {
    where.discard_unfinished();
    {
        auto owned = store_directory::open(where.unfinished());
        if (!owned) return std::unexpected(std::move(owned.error()));
        auto file = lmdb_file(*std::move(owned));
        if (auto made = file.open_environment(0); !made) return made;
        if (auto made = file.open_tables(true); !made) {
            made.error().code = error_code::unavailable; // also where LMDB lost its way: nobody has the file
            return made;
        }
    }
    if (auto kept = sync_file(where.unfinished() + "/data.mdb"); !kept) return kept;
    return where.adopt_unfinished();
}

BERTH_DECL auto lmdb_file::refusal(outcome const& o) -> std::unexpected<error> {
    if (o.committing) {
        auto* raw = static_cast<MDB_txn*>(nullptr);
        auto const code = ::mdb_txn_begin(environment_, nullptr, 0, &raw);
        auto const probe = lmdb_txn(raw);
        broken_ = code == MDB_PANIC;
    }
    if (broken_)
        return lmdb_failure(path(), "the write failed half-way, and whether it was done is unknown" + room(),
                            o.code, error_code::timeout);
    return lmdb_failure(path(), "nothing was written" + room(), o.code);
}

BERTH_DECL auto lmdb_file::is_gone() const -> bool {
    auto file = mdb_filehandle_t{};
    struct ::stat found{};
    return ::mdb_env_get_fd(environment_, &file) != MDB_SUCCESS || ::fstat(file, &found) != 0 ||
           found.st_nlink == 0;
}

BERTH_DECL auto lmdb_file::room() const -> std::string {
    struct ::statvfs found{};
    if (::statvfs(path().c_str(), &found) != 0) return {};
    auto const bytes = std::uint64_t{found.f_bavail} * found.f_frsize;
    return " (its disk has " + std::to_string(bytes) + " bytes left)";
}

BERTH_DECL auto lmdb_file::broken() const -> std::unexpected<error> {
    return fail(error_code::unavailable,
                "store: " + path() + ": an earlier write failed half-way; open the store anew");
}

BERTH_DECL auto lmdb_file::open_environment(std::size_t map_bytes) -> result<void> {
    if (auto const code = ::mdb_env_create(&environment_))
        return lmdb_failure(path(), "no environment", code);
    ::mdb_env_set_maxdbs(environment_, 8);
    ::mdb_env_set_mapsize(environment_, std::max(map_bytes, 2 * directory_.data_bytes()));
    auto const code = ::mdb_env_open(environment_, path().c_str(), MDB_NOTLS, 0600);
    if (code == MDB_INVALID || code == MDB_VERSION_MISMATCH || code == MDB_CORRUPTED)
        return lmdb_failure(path(), "data.mdb is damaged or not a file of LMDB", code, error_code::internal);
    if (code != MDB_SUCCESS) return lmdb_failure(path(), "it cannot be opened for writing", code);
    return {};
}

BERTH_DECL auto lmdb_file::open_tables(bool is_new) -> result<void> {
    auto const fresh = is_new ? unsigned{MDB_CREATE} : 0U;
    auto foreign = false;
    auto made = write([&](MDB_txn* txn) -> int {
        auto const open = [&](char const* name, unsigned kind, MDB_dbi& table) -> int {
            auto const code = ::mdb_dbi_open(txn, name, fresh | kind, &table);
            auto found = 0U;
            if (code == MDB_SUCCESS) static_cast<void>(::mdb_dbi_flags(txn, table, &found));
            foreign =
                code == MDB_NOTFOUND || code == MDB_INCOMPATIBLE || (code == MDB_SUCCESS && found != kind);
            return code == MDB_SUCCESS && foreign ? MDB_INCOMPATIBLE : code;
        };
        if (auto const code = open("facts", 0, facts_)) return code;
        auto key = view("format");
        auto value = view(format);
        if (is_new) {
            if (auto const code = ::mdb_put(txn, facts_, &key, &value, 0)) return code;
        } else if (::mdb_get(txn, facts_, &key, &value) != MDB_SUCCESS || text(value) != format) {
            foreign = true;
            return MDB_INCOMPATIBLE;
        }
        if (auto const code = open("revisions", MDB_INTEGERKEY, revisions_)) return code;
        return open("leases", MDB_INTEGERKEY, leases_);
    });
    if (foreign)
        return fail(error_code::internal, "store: " + path() +
                                              ": data.mdb is a file of LMDB, but not of a store of this "
                                              "format (" +
                                              std::string{format} + ")");
    return made;
}

BERTH_DECL auto lmdb_file::read_fact(std::string_view name) const -> std::string {
    auto* raw = static_cast<MDB_txn*>(nullptr);
    if (::mdb_txn_begin(environment_, nullptr, MDB_RDONLY, &raw) != MDB_SUCCESS) return {};
    auto const txn = lmdb_txn(raw);
    auto key = view(name);
    auto value = MDB_val{};
    return ::mdb_get(raw, facts_, &key, &value) == MDB_SUCCESS ? std::string{text(value)} : std::string{};
}

BERTH_DECL auto lmdb_file::grow() -> result<void> {
    auto info = MDB_envinfo{};
    ::mdb_env_info(environment_, &info);
    return grow_to(info.me_mapsize * 2);
}

BERTH_DECL auto lmdb_file::grow_to(std::size_t bytes) -> result<void> {
    auto const alone = std::scoped_lock(map_mutex_);
    auto const code = ::mdb_env_set_mapsize(environment_, bytes);
    if (code != MDB_SUCCESS) return lmdb_failure(path(), "its map cannot grow", code);
    return {};
}

} // namespace berth::store::detail

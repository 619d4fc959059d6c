#pragma once

/// \file
/// Objects of some kinds, kept at hand for those who look them up with each request.

#include <berth/api/registry.hpp>
#include <berth/api/storage.hpp>
#include <berth/api/watcher.hpp>
#include <berth/core/config.hpp>

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <vector>

namespace berth::api {

/// A cache of all objects of a few kinds. It is brought up to date whenever it is asked, by a watch of its
/// own and without waiting for anything; so it is as recent as the store's watches are: exact on a store of
/// this process, a little behind on one of another. Nothing is read before a kind is asked for. Safe to call
/// from several threads at once.
class kept_objects {
public:
    explicit kept_objects(std::span<object::resource_name const* const> kinds);

    [[nodiscard]] auto keeps(object::resource_name const& r) const -> bool { return shelf_of(r) != nullptr; }

    /// The object, empty if none is known. The kind must be one of those that are kept. Errors: those of a
    /// watch of the store.
    auto find(storage const& from, std::shared_ptr<kind const> const& of, object::key const& where)
        -> result<object::object_ref>;
    /// All of the kind, in the order of their keys. Errors as above.
    auto all(storage const& from, std::shared_ptr<kind const> const& of)
        -> result<std::vector<object::object_ref>>;

private:
    struct shelf {
        object::resource_name const* resource;
        std::mutex mutex;
        std::optional<watcher> watch;
        std::map<object::key, object::object_ref> objects;
    };

    auto shelf_of(object::resource_name const& r) const -> shelf*;
    static auto refresh(shelf& s, storage const& from, std::shared_ptr<kind const> const& of) -> result<void>;
    static auto open(shelf& s, storage const& from, std::shared_ptr<kind const> const& of) -> result<void>;
    static auto catch_up(shelf& s) -> result<void>;

    std::vector<std::unique_ptr<shelf>> shelves_;
};

} // namespace berth::api

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/api/kept_objects.ipp>
#endif

#pragma once

/// \file
/// API objects of any kind behind one shared, immutable handle.

#include <berth/core/config.hpp>
#include <berth/object/detail/difference.hpp>
#include <berth/object/detail/sharing.hpp>
#include <berth/object/detail/type_owner.hpp>
#include <berth/object/meta.hpp>

#include <memory>
#include <span>
#include <utility>

namespace berth::object {

/// The revision of a store; 0 means none. Stores count in it, and `resourceVersion` is its text.
using revision = std::int64_t;

namespace detail {

/// What an `any_object` shares: the object.
struct object_box {
    type_info const& type;
    void const* object;

    object_box(type_info const& t, void const* o) : type(t), object(o) {}
    object_box(object_box const&) = delete;
    auto operator=(object_box const&) -> object_box& = delete;
    ~object_box() { type.destroy(object); }
};

/// An object and the owner of its description, which ends after it.
struct owned_object_box {
    std::shared_ptr<type_owner const> owner;
    object_box box;

    owned_object_box(type_info const& t, void const* o) : owner(t.owner->shared_from_this()), box(t, o) {}
};

} // namespace detail

/// A shared, immutable object of some kind, together with the description of its type. Copying it copies a
/// pointer; to change an object, change a copy of the value (`draft`), which has the lists of the original
/// until it changes them.
class any_object {
public:
    any_object() = default;
    template <kind_type T>
    any_object(T value) : any_object(adopt(type_of<T>(), new T(std::move(value)))) {}
    /// Takes over an object that `type.make` or `type.clone` made.
    [[nodiscard]] static auto adopt(type_info const& type, void* object) -> any_object;

    explicit operator bool() const { return box_ != nullptr; }
    [[nodiscard]] auto type() const -> type_info const& { return box_->type; }
    [[nodiscard]] auto resource() const -> resource_name const& { return *box_->type.resource; }
    [[nodiscard]] auto data() const -> void const* { return box_->object; }
    [[nodiscard]] auto metadata() const -> meta const& {
        return *reinterpret_cast<meta const*>(static_cast<char const*>(data()) + type().metadata);
    }
    /// The object as a `T`, or null if it is of another kind.
    template <kind_type T> [[nodiscard]] auto get_if() const -> T const* {
        return box_ && &type() == &type_of<T>() ? static_cast<T const*>(data()) : nullptr;
    }
    /// The object as a `T`, which it must be.
    template <kind_type T> [[nodiscard]] auto as() const -> T const& {
        return *static_cast<T const*>(data());
    }

    /// Whether both are the very same object in memory.
    [[nodiscard]] auto same(any_object const& other) const -> bool { return box_ == other.box_; }

    /// What has to be kept of an object while there is a newer one (see `store::differing`).
    using difference = detail::difference;
    /// What this object has otherwise than a newer one of its type; empty if to keep that instead of the
    /// object would not save much, as where it has another type or differs in much.
    [[nodiscard]] BERTH_DECL auto difference_to(any_object const& newer) const -> difference;
    /// The object of which the last one of some differences is what was kept: each is that to the object of
    /// the one before it, the first that to `newest`.
    [[nodiscard]] BERTH_DECL static auto restored(any_object const& newest,
                                                  std::span<difference const* const> older) -> any_object;

    /// Equal kinds and equal values.
    friend auto operator==(any_object const& a, any_object const& b) -> bool {
        if (a.box_ == b.box_) return true;
        return a.box_ && b.box_ && &a.type() == &b.type() && a.type().equal(a.data(), b.data());
    }

private:
    std::shared_ptr<detail::object_box const> box_;
};

/// A mutable object of some kind, to become an `any_object`.
class draft {
public:
    /// An empty object.
    explicit draft(type_info const& type) : type_(&type), object_(type.make()) {}
    /// A copy of an object.
    explicit draft(any_object const& from) : type_(&from.type()), object_(from.type().clone(from.data())) {}
    draft(draft&& other) noexcept : type_(other.type_), object_(std::exchange(other.object_, nullptr)) {}
    auto operator=(draft&& other) noexcept -> draft&;
    ~draft() {
        if (object_ != nullptr) type_->destroy(object_);
    }

    [[nodiscard]] auto type() const -> type_info const& { return *type_; }
    [[nodiscard]] auto data() -> void* { return object_; }
    [[nodiscard]] auto data() const -> void const* { return object_; }
    [[nodiscard]] auto metadata() -> meta& {
        return *reinterpret_cast<meta*>(static_cast<char*>(object_) + type_->metadata);
    }
    [[nodiscard]] auto metadata() const -> meta const& { return const_cast<draft*>(this)->metadata(); }
    template <kind_type T> [[nodiscard]] auto as() -> T& { return *static_cast<T*>(object_); }

    /// Takes the lists of another object of the type wherever its own are the same, as they are written too:
    /// both use the memory of one. Linear in the two.
    auto share_with(any_object const& other) -> void {
        if (object_ != nullptr && &other.type() == type_) detail::share_same(*type_, object_, other.data());
    }
    /// The finished object. The draft is empty afterwards.
    [[nodiscard]] auto finish() && -> any_object {
        return any_object::adopt(*type_, std::exchange(object_, nullptr));
    }

private:
    type_info const* type_;
    void* object_;
};

/// An object as a store or an API gave it: the object and the revision of its last write.
struct object_ref {
    any_object object;
    revision rev = 0;

    explicit operator bool() const { return static_cast<bool>(object); }
    auto operator->() const -> any_object const* { return &object; }
    friend auto operator==(object_ref const&, object_ref const&) -> bool = default;
};

/// An object of a known kind with its revision.
template <kind_type T> class stored {
public:
    stored() = default;
    explicit stored(object_ref ref) : ref_(std::move(ref)) {}

    explicit operator bool() const { return static_cast<bool>(ref_); }
    auto operator*() const -> T const& { return ref_.object.as<T>(); }
    auto operator->() const -> T const* { return &ref_.object.as<T>(); }
    [[nodiscard]] auto revision_of() const -> revision { return ref_.rev; }
    [[nodiscard]] auto ref() const -> object_ref const& { return ref_; }

private:
    object_ref ref_;
};

} // namespace berth::object

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/object/any_object.ipp>
#endif

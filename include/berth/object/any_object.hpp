#pragma once

/// \file
/// API objects of any kind behind one shared, immutable handle.

#include <berth/object/meta.hpp>

#include <memory>

namespace berth::object {

/// The revision of a store; 0 means none. Stores count in it, and `resourceVersion` is its text.
using revision = std::int64_t;

/// A shared, immutable object of some kind, together with the description of its type. Copying it copies a
/// pointer; to change an object, change a copy of the value (`draft`).
class any_object {
public:
    any_object() = default;
    template <kind_type T>
    any_object(T value) : type_(&type_of<T>()), object_(std::make_shared<T const>(std::move(value))) {}
    /// Takes an object whose description is `type`.
    any_object(type_info const& type, std::shared_ptr<void const> object)
        : type_(&type), object_(std::move(object)) {}

    explicit operator bool() const { return object_ != nullptr; }
    [[nodiscard]] auto type() const -> type_info const& { return *type_; }
    [[nodiscard]] auto resource() const -> resource_name const& { return *type_->resource; }
    [[nodiscard]] auto data() const -> void const* { return object_.get(); }
    [[nodiscard]] auto shared() const -> std::shared_ptr<void const> const& { return object_; }
    [[nodiscard]] auto metadata() const -> meta const& {
        return *reinterpret_cast<meta const*>(static_cast<char const*>(object_.get()) + type_->metadata);
    }
    /// The object as a `T`, or null if it is of another kind.
    template <kind_type T> [[nodiscard]] auto get_if() const -> T const* {
        return type_ == &type_of<T>() ? static_cast<T const*>(object_.get()) : nullptr;
    }
    /// The object as a `T`, which it must be.
    template <kind_type T> [[nodiscard]] auto as() const -> T const& { return *static_cast<T const*>(object_.get()); }

    /// Equal kinds and equal values.
    friend auto operator==(any_object const& a, any_object const& b) -> bool {
        if (a.object_ == b.object_) return true;
        return a.type_ == b.type_ && a.object_ && b.object_ && a.type_->equal(a.data(), b.data());
    }

private:
    type_info const* type_ = nullptr;
    std::shared_ptr<void const> object_;
};

/// A mutable object of some kind, to become an `any_object`.
class draft {
public:
    /// An empty object.
    explicit draft(type_info const& type) : type_(&type), object_(type.make(), type.destroy) {}
    /// A copy of an object.
    explicit draft(any_object const& from)
        : type_(&from.type()), object_(from.type().clone(from.data()), from.type().destroy) {}

    [[nodiscard]] auto type() const -> type_info const& { return *type_; }
    [[nodiscard]] auto data() -> void* { return object_.get(); }
    [[nodiscard]] auto data() const -> void const* { return object_.get(); }
    [[nodiscard]] auto metadata() -> meta& {
        return *reinterpret_cast<meta*>(static_cast<char*>(object_.get()) + type_->metadata);
    }
    [[nodiscard]] auto metadata() const -> meta const& { return const_cast<draft*>(this)->metadata(); }
    template <kind_type T> [[nodiscard]] auto as() -> T& { return *static_cast<T*>(object_.get()); }

    /// The finished object. The draft is empty afterwards.
    [[nodiscard]] auto finish() && -> any_object { return {*type_, std::shared_ptr<void const>(std::move(object_))}; }

private:
    type_info const* type_;
    std::shared_ptr<void> object_;
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

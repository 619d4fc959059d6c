#pragma once

/// \file
/// What must hold for every value of every described type: laws that are tried with random values.

#include "patches.hpp"

#include <berth/object/any_object.hpp>
#include <berth/object/arbitrary.hpp>
#include <berth/object/codec.hpp>
#include <berth/object/json_diff.hpp>
#include <berth/object/json_patch.hpp>
#include <berth/object/merge_patch.hpp>
#include <berth/object/strategic_patch.hpp>

#include <string>
#include <utility>

namespace laws {

using namespace berth;
namespace json = boost::json;

/// A value of a type that is known by its description.
class value {
public:
    explicit value(object::type_info const& type) : type_(&type), data_(type.make()) {}
    value(object::type_info const& type, berth::random_engine& draw, object::arbitrary_options options = {})
        : value(type) {
        object::arbitrary_values(draw, options).fill(type, data_);
    }
    value(value const& from) : type_(from.type_), data_(from.type_->clone(from.data_)) {}
    value(value&& from) noexcept : type_(from.type_), data_(std::exchange(from.data_, nullptr)) {}
    auto operator=(value from) noexcept -> value& {
        std::swap(type_, from.type_);
        std::swap(data_, from.data_);
        return *this;
    }
    ~value() { type_->destroy(data_); }

    [[nodiscard]] auto type() const -> object::type_info const& { return *type_; }
    [[nodiscard]] auto data() -> void* { return data_; }
    [[nodiscard]] auto data() const -> void const* { return data_; }
    [[nodiscard]] auto text() const -> std::string {
        auto out = std::string();
        object::append_json(out, *type_, data_);
        return out;
    }
    [[nodiscard]] auto document() const -> json::value { return json::parse(text()); }
    friend auto operator==(value const& a, value const& b) -> bool {
        return a.type_->equal(a.data_, b.data_);
    }

private:
    object::type_info const* type_;
    void* data_;
};

/// The value that a document says; an error text if it cannot be read.
inline auto read(object::type_info const& type, json::value const& document) -> result<value> {
    auto out = value(type);
    auto decoder = object::decoder(object::unknown_members::keep);
    if (auto r = decoder.decode(document, type, out.data()); !r) return std::unexpected(r.error());
    return out;
}

/// The names of the laws that two values of a type break; empty: none.
inline auto broken_by(value const& a, value const& b) -> std::string {
    auto out = std::string();
    auto const law = [&](std::string const& name, bool holds) {
        if (!holds) out += name + "; ";
    };
    auto const& type = a.type();
    auto const from = a.document();
    auto const to = b.document();
    auto const reads = [&](result<json::value> const& patched, value const& wanted) {
        auto const r = patched ? read(type, *patched) : result<value>(std::unexpected(patched.error()));
        return r && *r == wanted;
    };

    auto copied = a;
    law("a copy is equal", copied == a && copied.text() == a.text());
    law("a document is read back", reads(from, a));
    law("equal values have equal texts, others do not", (a == b) == (a.text() == b.text()));
    type.assign(copied.data(), b.data());
    law("an assigned value is equal", copied == b);
    auto moved = value(type);
    auto const made = object::detail::raw_value(type);
    object::detail::move(type, made.memory, copied.data());
    law("a moved value is equal", type.equal(made.memory, b.data()));
    object::detail::destroy(type, made.memory);
    if (auto const kept = object::detail::difference::between(type, a.data(), b.data(), type.bytes * 2)) {
        auto restored = b;
        kept.put_into(restored.data());
        law("what was kept as a difference is the same again",
            object::detail::is_same(type, restored.data(), a.data()) && restored.text() == a.text());
    }
    type.reset(copied.data());
    law("a reset value is as a new one", copied == moved);

    auto merge = object::merge_patch_between(from.get_object(), to.get_object());
    law("the difference applies", reads(object::apply_merge_patch(from, merge), b));
    law("the difference is empty exactly if there is none", merge.empty() == (from == to));
    auto const operations = patches::json_patch_between(from, to);
    law("a JSON patch applies", reads(object::apply_json_patch(from, operations), b));
    law("an empty strategic patch changes nothing",
        reads(object::apply_strategic_patch(from, json::object(), type), a));
    auto replacing = to;
    replacing.get_object()["$patch"] = "replace";
    law("a strategic patch replaces", reads(object::apply_strategic_patch(from, replacing, type), b));
    return out;
}

/// Whether a value differs from another one once any of its members that is there is reset.
inline auto notices_changes(value const& v) -> bool {
    for (auto const& f : v.type().members) {
        if (f.type().is_zero(f.in(v.data()))) continue;
        auto changed = v;
        f.type().reset(f.in(changed.data()));
        if (changed == v && !f.type().is_zero(f.in(v.data()))) return false;
    }
    return true;
}

} // namespace laws

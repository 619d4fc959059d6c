#pragma once

/// \file
/// The bodies of `berth/api/detail/projection_apply.hpp`.

#include <berth/api/detail/field_ledger.hpp>
#include <berth/api/detail/projection_apply.hpp>
#include <berth/api/scale.hpp>
#include <berth/core/config.hpp>

#include <memory>
#include <utility>
#include <vector>

namespace berth::api::detail {

/// The field of a scale that others may own.
inline auto replicas_of_scale() -> object::field_set const& {
    static auto const fields = object::field_set::decode(R"({"f:spec":{"f:replicas":{}}})");
    return *fields;
}

/// The field of an object that its scale writes: found by writing another number.
inline auto replicas_field(projection const& p, object::any_object const& there) -> object::field_set {
    auto errors = field_errors();
    auto scaled = object::draft(there);
    auto const shown = p.read(there.data());
    if (!shown || &shown->type() != &object::type_of<scale>()) return {};
    auto asked = object::draft(*shown);
    auto& replicas = static_cast<scale*>(asked.data())->spec.replicas;
    replicas = replicas == 0 ? 1 : replicas - 1;
    p.write(scaled.data(), asked.data(), errors);
    auto const change = object::compare_fields(there.type(), there.data(), scaled.data());
    return change.added | change.modified | change.removed;
}

/// Owners as a projection shows them: of its one field, or of nothing.
inline auto projected_owners(ledger& book, object::field_set const& replicas)
    -> std::vector<object::field_owner> {
    auto out = book.owners();
    for (auto& o : out)
        o.fields = std::make_shared<object::field_set const>(
            o.fields->intersects(replicas) ? replicas_of_scale() : object::field_set());
    return out;
}

/// What owners of the projection's field own of the object now.
inline auto take_back(ledger& book, std::vector<object::field_owner> const& shown,
                      object::field_set const& replicas) -> void {
    for (std::size_t n = 0; n < shown.size(); ++n) {
        auto const owns = shown[n].fields->intersects(replicas_of_scale());
        auto& fields = book.owners()[n].fields;
        if (owns == fields->intersects(replicas)) continue;
        fields = std::make_shared<object::field_set const>(owns ? *fields | replicas : *fields - replicas);
    }
}

BERTH_DECL auto apply_projected(projection const& p, object::any_object const& there, object::draft& shown,
                                boost::json::value const& document, field_write const& w, bool force,
                                field_errors& errors) -> result<object::draft> {
    auto const& r = *p.type->resource;
    if (auto ok = check_document(document, r); !ok) return std::unexpected(std::move(ok).error());
    auto book = ledger(there.metadata().managed_fields, *w.pool);
    auto const replicas = replicas_field(p, there);
    auto const who = book.place(entry_of(w, applies));
    auto owners = projected_owners(book, replicas);
    auto const done = object::apply_document(*p.type, shown.data(), document, owners, owners[who], force);
    if (!done) return refuse_document(done.error(), document, r);
    if (!done->conflicts.empty()) return refuse_conflicts(book, done->conflicts);
    take_back(book, owners, replicas);
    auto out = object::draft(there);
    p.write(out.data(), shown.data(), errors);
    if (!there.type().equal(there.data(), out.data())) book.touch(who, object::timestamp(w.now));
    out.metadata().managed_fields = std::move(book).finish();
    return out;
}

} // namespace berth::api::detail

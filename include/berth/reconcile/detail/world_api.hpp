#pragma once

/// \file
/// A world that answers as an API would, for the laws of controllers: what a plan asks for simply happens.

#include <berth/api/client.hpp>
#include <berth/api/encoding.hpp>
#include <berth/api/fields_pool.hpp>
#include <berth/api/managed_fields.hpp>
#include <berth/api/patching.hpp>
#include <berth/object/codec.hpp>
#include <berth/object/parse.hpp>
#include <berth/reconcile/world.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace berth::reconcile::detail {

/// Models `api::client` over a world. Revisions, uids, generated names, generations, the status subresource,
/// finalizers and preconditions are as in the real API; there are no defaults, validation, admission or
/// grace. Watches tell nothing: the world has no history.
class world_api {
public:
    struct watch_type {
        auto next() -> result<std::optional<api::watch_event>> { return std::nullopt; }
        auto on_wake(waker /*w*/) -> void {}
    };

    world_api(world& w, time_point now) : world_(&w), now_(now) {}

    auto get(object::resource_name const& r, key const& k, api::get_options const&)
        -> result<object::object_ref> {
        auto const* t = std::as_const(*world_).find(r);
        auto const* found = t == nullptr ? nullptr : t->find(k);
        if (found == nullptr) return fail(error_code::not_found, k.to_string() + " is not there");
        return *found;
    }
    auto list(object::resource_name const& r, api::list_options const&) -> result<api::object_list> {
        auto out = api::object_list{{}, world_->revision(), {}, {}};
        if (auto const* t = std::as_const(*world_).find(r))
            for (object::object_ref const& o : t->all()) out.items.push_back(o);
        return out;
    }
    auto watch(object::resource_name const&, api::watch_options const&) -> result<watch_type> {
        return watch_type();
    }
    auto changed() -> wake_signal& { return changed_; }
    auto commit(std::span<api::write const> batch) -> std::vector<result<api::written>> {
        return api::one_by_one(*this, batch);
    }

    auto create(object::any_object const& o, api::create_options const&) -> result<object::object_ref> {
        auto made = object::draft(o);
        auto& m = made.metadata();
        auto const serial = std::to_string(world_->revision() + 1);
        if (m.name.empty() && !m.generate_name.empty()) m.name = m.generate_name + serial;
        if (m.name.empty()) return fail(error_code::invalid, "neither name nor generateName is set");
        if (get(o.resource(), m.where(), {}))
            return fail(error_code::already_exists, m.name + " is there already");
        m.uid = "uid-" + serial;
        m.creation_timestamp = object::timestamp(now_);
        m.generation = 1;
        if (auto const* status = made.type().field("status")) status->type().reset(status->in(made.data()));
        return world_->add(std::move(made).finish());
    }
    auto update(object::any_object const& o, api::update_options const& how) -> result<object::object_ref> {
        auto const there = get(o.resource(), o.metadata().where(), {});
        if (!there) return there;
        if (how.expected != 0 && how.expected != there->rev)
            return fail(error_code::conflict, o.metadata().name + " is not what the plan was decided from");
        return write(*there, o, how.subresource);
    }
    auto patch(object::resource_name const& r, key const& k, api::patch const& p,
               api::patch_options const& how) -> result<object::object_ref> {
        auto const there = get(r, k, {});
        if (!there) return there;
        if (how.expected != 0 && how.expected != there->rev)
            return fail(error_code::conflict, k.name + " is not what the plan was decided from");
        auto notes = std::vector<std::string>();
        auto const& type = there->object.type();
        auto document = api::apply_patch(type, api::encode(*there), p, api::field_validation::strict, notes);
        if (!document) return std::unexpected(std::move(document).error());
        auto read = object::draft(type);
        auto decoder = object::decoder(object::unknown_members::keep);
        if (auto ok = decoder.decode_document(*document, type, read.data()); !ok)
            return std::unexpected(std::move(ok).error());
        read.metadata().resource_version.clear();
        return write(*there, std::move(read).finish(), how.subresource);
    }
    /// Who owns which fields is kept in the objects, as in the real API.
    auto apply(object::resource_name const& r, key const& k, std::string const& body,
               api::patch_options const& how) -> result<object::object_ref> {
        auto const* t = std::as_const(*world_).find(r);
        if (t == nullptr) return fail(error_code::not_found, "the laws do not know " + std::string(r.plural));
        auto const document = object::parse_document(body);
        if (!document || !document->value.is_object())
            return fail(error_code::bad_request, "what is applied is no JSON object");
        auto const there = get(r, k, {});
        auto stated = there ? object::draft(there->object) : object::draft(t->type());
        auto const writer = api::field_write{how.field_manager, how.subresource, &r, now_, &pool_, nullptr};
        if (auto ok =
                api::apply_to(stated, there ? &there->object : nullptr, document->value, writer, how.force);
            !ok)
            return std::unexpected(std::move(ok).error());
        if (there) {
            if (api::same_but_times(stated.metadata().managed_fields,
                                    there->object.metadata().managed_fields))
                stated.metadata().managed_fields = there->object.metadata().managed_fields;
            return write(*there, std::move(stated).finish(), how.subresource);
        }
        stated.metadata().namespace_ = k.namespace_;
        stated.metadata().name = k.name;
        return create(std::move(stated).finish(), {});
    }
    auto remove(object::resource_name const& r, key const& k, api::delete_options const& how)
        -> result<api::deletion> {
        auto const there = get(r, k, {});
        if (!there) return std::unexpected(there.error());
        auto const& m = there->object.metadata();
        auto const other_uid = !how.expected_uid.empty() && how.expected_uid != m.uid;
        auto const& rev = how.expected_resource_version;
        if (other_uid || (!rev.empty() && rev != std::to_string(there->rev)))
            return fail(error_code::conflict, k.name + " is not what the plan was decided from");
        if (m.finalizers.empty()) {
            erase(*there);
            return api::deletion{true, *there};
        }
        if (m.deleting()) return api::deletion{false, *there};
        auto dying = object::draft(there->object);
        dying.metadata().deletion_timestamp = object::timestamp(now_);
        return api::deletion{false, world_->add(std::move(dying).finish())};
    }
    /// An eviction deletes; other actions are not known here.
    auto act(object::resource_name const& r, key const& k, std::string_view action,
             object::any_object const& body, api::create_options const&) -> result<object::object_ref> {
        if (action != "eviction")
            return fail(error_code::method_not_allowed,
                        "the laws do not know the action " + std::string(action));
        if (auto const gone = remove(r, k, {}); !gone) return std::unexpected(gone.error());
        return object::object_ref{body, world_->revision()};
    }

private:
    auto erase(object::object_ref const& o) -> void {
        auto const& m = o.object.metadata();
        world_->find(o.object.type())->erase(m.namespace_, m.name);
        world_->advance();
    }

    /// An update of the status changes nothing else but annotations, any other leaves the status; what only
    /// the system sets stays.
    auto write(object::object_ref const& before, object::any_object const& wanted,
               std::string_view subresource) -> result<object::object_ref> {
        auto const& type = before.object.type();
        auto const* status = type.field("status");
        auto const of_status = subresource == "status";
        auto after = object::draft(of_status ? before.object : wanted);
        if (status != nullptr)
            status->type().assign(status->in(after.data()),
                                  status->in((of_status ? wanted : before.object).data()));
        auto& m = after.metadata();
        auto const& old = before.object.metadata();
        if (of_status) m.annotations = wanted.metadata().annotations;
        m.uid = old.uid;
        m.creation_timestamp = old.creation_timestamp;
        m.deletion_timestamp = old.deletion_timestamp;
        m.generation = old.generation;
        if (auto const* spec = type.field("spec");
            spec != nullptr && !spec->type().equal(spec->in(after.data()), spec->in(before.object.data())))
            ++m.generation;
        if (m.deleting() && m.finalizers.empty()) {
            erase(before);
            return before;
        }
        auto finished = std::move(after).finish();
        return finished == before.object ? before : world_->add(std::move(finished));
    }

    world* world_;
    time_point now_;
    api::fields_pool pool_;
    wake_signal changed_;
};
static_assert(api::client<world_api>);

} // namespace berth::reconcile::detail

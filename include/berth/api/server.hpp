#pragma once

/// \file
/// The reception desk: an API server in the process, over any versioned store.

#include <berth/api/admission.hpp>
#include <berth/api/check_schema.hpp>
#include <berth/api/client.hpp>
#include <berth/api/deletion.hpp>
#include <berth/api/lifecycle.hpp>
#include <berth/api/object_store.hpp>
#include <berth/api/patching.hpp>
#include <berth/api/preconditions.hpp>
#include <berth/api/registry.hpp>
#include <berth/api/scale_access.hpp>
#include <berth/api/storage.hpp>

#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace berth::api {

/// Tells a server the time. There is none by default: nothing here reads a clock that nobody gave it.
class clock_function {
public:
    template <class F>
        requires std::is_invocable_r_v<time_point, F&>
    clock_function(F tell) : tell_(std::move(tell)) {} // NOLINT(google-explicit-constructor)
    template <class Clock = void> clock_function() {
        static_assert(
            !std::is_void_v<Clock>,
            "an API server needs a clock: say .now = [] { return berth::system_clock{}.now(); }, or "
            "a virtual clock");
    }
    auto operator()() const -> time_point { return tell_(); }

private:
    std::function<time_point()> tell_;
};

/// What a server needs besides a store and kinds.
struct server_options {
    clock_function now;     ///< the clock
    std::uint64_t seed = 0; ///< of uids and generated names
    admission_chain admission;
};

/// What a write did.
struct written {
    object::object_ref object;
    bool created = false;
};

/// The API over a store: defaults, admission, validation, optimistic concurrency, generations, status and
/// scale subresources, finalizers, graceful deletion, watches, dry runs. Every operation is safe to call from
/// several threads at once; none waits for anything but the store. The store must outlive the server; the
/// kinds may be changed while it runs (`kinds().change`).
///
/// Models `api::client`. The `*_json` functions are what a network front calls: they take the text of a body,
/// and say in `warnings` what the writer should know though the request was accepted.
class server {
public:
    using watch_type = watcher;
    using warnings = std::vector<std::string>;

    /// Over a store of objects, or of their documents.
    template <stores_objects Store>
    server(Store& store, shared_registry kinds, server_options options)
        : objects_(objects_in(store, kinds)),
          kinds_(std::move(kinds)),
          options_(std::move(options)),
          draw_(options_.seed) {}

    [[nodiscard]] auto kinds() const -> shared_registry const& { return kinds_; }
    [[nodiscard]] auto now() const -> time_point { return options_.now(); }
    [[nodiscard]] auto changed() -> signal& { return objects_.store().changed(); }
    [[nodiscard]] auto revision() const -> object::revision { return objects_.store().revision(); }

    // reading

    /// Errors: `not_found`; `future_revision` if the store has not come to the revision asked for.
    auto get(object::resource_name const& r, object::key const& k, get_options const& o) const
        -> result<object::object_ref> {
        auto const known = kinds_.snapshot();
        auto const* const of = known->find(r);
        if (of == nullptr) return no_such_kind();
        auto const at_least = parse_revision(o.resource_version);
        if (!at_least) return std::unexpected(at_least.error());
        if (*at_least > objects_.store().revision())
            return future_revision(*at_least, objects_.store().revision());
        return objects_.read(*of, k);
    }

    /// Errors: `invalid`, `bad_request` for options; `expired`, `future_revision`.
    auto list(object::resource_name const& r, list_options const& o) const -> result<object_list> {
        auto const known = kinds_.snapshot();
        auto const* const of = known->find(r);
        if (of == nullptr) return no_such_kind();
        auto const chosen = selection::parse(*of, o.label_selector, o.field_selector);
        if (!chosen) return std::unexpected(chosen.error());
        auto const plan = plan_list(o);
        if (!plan) return std::unexpected(plan.error());
        if (auto const current = objects_.store().revision(); std::max(plan->at, plan->at_least) > current)
            return future_revision(std::max(plan->at, plan->at_least), current);
        return objects_.list(*of, o.namespace_, *chosen, *plan);
    }

    /// Errors: `invalid`, `bad_request` for options; `expired`, `future_revision`.
    auto watch(object::resource_name const& r, watch_options const& o) -> result<watch_type> {
        auto const known = kinds_.snapshot();
        auto const* const of = known->find(r);
        if (of == nullptr) return no_such_kind();
        if (auto ok = check_watch(o); !ok) return std::unexpected(std::move(ok).error());
        auto chosen = selection::parse(*of, o.label_selector, o.field_selector);
        if (!chosen) return std::unexpected(std::move(chosen).error());
        auto const from = parse_revision(o.resource_version);
        if (!from) return std::unexpected(from.error());
        if (*from > objects_.store().revision()) return future_revision(*from, objects_.store().revision());
        return objects_.watch({known, of}, o, *std::move(chosen), *from);
    }

    // writing objects

    /// Errors: `already_exists`, `invalid`, `bad_request`, what admission says.
    auto create(object::any_object const& o, create_options const& options) -> result<object::object_ref> {
        auto const known = kinds_.snapshot();
        auto const* const of = known->find(o.resource());
        if (of == nullptr) return no_such_kind();
        auto ignored = warnings();
        return create_draft(*of, o.metadata().namespace_, object::draft(o), options, ignored);
    }

    /// Errors: `not_found`, `conflict`, `invalid`, `bad_request`, what admission says.
    auto update(object::any_object const& o, update_options const& options) -> result<object::object_ref> {
        auto const known = kinds_.snapshot();
        auto const* const of = known->find(o.resource());
        if (of == nullptr) return no_such_kind();
        auto ignored = warnings();
        auto const t = target{of, o.metadata().namespace_, o.metadata().name, options.subresource};
        auto done = update_draft(t, object::draft(o), options, ignored);
        if (!done) return std::unexpected(std::move(done).error());
        return std::move(done->object);
    }

    /// Errors: as `update`, and `unsupported_media_type`, `bad_request` for the patch.
    auto patch(object::resource_name const& r, object::key const& k, api::patch const& p,
               patch_options const& o) -> result<object::object_ref> {
        auto const known = kinds_.snapshot();
        auto const* const of = known->find(r);
        if (of == nullptr) return no_such_kind();
        auto ignored = warnings();
        auto done = patch_json({of, k.namespace_, k.name, o.subresource}, p, o, ignored);
        if (!done) return std::unexpected(std::move(done).error());
        return std::move(done->object);
    }

    /// Errors: `not_found`, `conflict` with a precondition.
    auto remove(object::resource_name const& r, object::key const& k, delete_options const& o)
        -> result<deletion> {
        auto const known = kinds_.snapshot();
        auto const* const of = known->find(r);
        if (of == nullptr) return no_such_kind();
        auto ignored = warnings();
        while (true) {
            auto const current = objects_.read(*of, k);
            if (!current) return std::unexpected(current.error());
            if (auto ok = check_preconditions(*of, *current, o); !ok)
                return std::unexpected(std::move(ok).error());
            auto request = admission_request{admission_request::operation::remove,
                                             *of,
                                             k.namespace_,
                                             k.name,
                                             {},
                                             nullptr,
                                             current->object,
                                             o.dry_run,
                                             ignored};
            if (auto ok = admit(request, &admission::validate); !ok)
                return std::unexpected(std::move(ok).error());
            auto done = carry_out(objects_, *of, k, *current, plan_deletion(*of, current->object, o, now()),
                                  o.dry_run);
            if (done || done.error().code != error_code::conflict || !o.expected_resource_version.empty())
                return done;
        }
    }

    /// Deletes what a list gives; answers what was there. Errors: those of `list`.
    auto remove_collection(object::resource_name const& r, list_options const& which, delete_options const& o)
        -> result<object_list> {
        auto found = list(r, which);
        if (!found) return found;
        for (auto const& item : found->items)
            if (auto done = remove(r, item.object.metadata().where(), o);
                !done && done.error().code != error_code::not_found)
                return std::unexpected(std::move(done).error());
        return found;
    }

    /// Posts a body to a subresource that is an action. Errors: those of the action; `not_found`.
    auto act(object::resource_name const& r, object::key const& k, std::string_view name,
             object::any_object const& body, create_options const& o) -> result<object::object_ref> {
        auto const known = kinds_.snapshot();
        auto const* const of = known->find(r);
        auto const* const action = of == nullptr ? nullptr : of->find_action(name);
        if (action == nullptr) return no_such_kind();
        while (true) {
            auto const current = objects_.read(*of, k);
            if (!current) return std::unexpected(current.error());
            auto object = object::draft(current->object);
            if (auto ok = action->apply(object.data(), body.data(), now()); !ok)
                return std::unexpected(std::move(ok).error());
            auto done = commit_update(*of, k, *current, std::move(object).finish(), o.dry_run);
            if (done || done.error().code != error_code::conflict) return done;
        }
    }

    // the same from JSON

    auto create_json(target const& t, std::string_view body, create_options const& o, warnings& notes)
        -> result<object::object_ref> {
        auto object =
            body_reader(*kinds_.snapshot(), *t.of->resource, *t.of->type, o.validation, notes).read(body);
        if (!object) return std::unexpected(std::move(object).error());
        return create_draft(*t.of, t.namespace_, *std::move(object), o, notes);
    }

    /// Writes an object or, with a subresource, a part of it.
    auto update_json(target const& t, std::string_view body, update_options const& o, warnings& notes)
        -> result<written> {
        if (t.subresource == "scale") return update_scale(t, body, o, notes);
        auto object =
            body_reader(*kinds_.snapshot(), *t.of->resource, *t.of->type, o.validation, notes).read(body);
        if (!object) return std::unexpected(std::move(object).error());
        return update_draft(t, *std::move(object), o, notes);
    }

    auto patch_json(target const& t, api::patch const& p, patch_options const& o, warnings& notes)
        -> result<written> {
        constexpr auto attempts = 5;
        for (auto attempt = 0; attempt < attempts; ++attempt) {
            auto const current = objects_.read(*t.of, t.where());
            if (!current) return std::unexpected(current.error());
            auto done = patch_once(t, *current, p, o, notes);
            if (!done) return std::unexpected(std::move(done).error());
            if (*done) return **std::move(done);
        }
        return modified(*t.of->resource, t.name);
    }

    /// Posts the JSON of a body to a subresource that is an action.
    auto act_json(target const& t, std::string_view body, create_options const& o, warnings& notes)
        -> result<object::object_ref> {
        auto const* const action = t.of->find_action(t.subresource);
        if (action == nullptr) return no_such_kind();
        auto object =
            body_reader(*kinds_.snapshot(), *action->body->resource, *action->body, o.validation, notes)
                .read(body);
        if (!object) return std::unexpected(std::move(object).error());
        return act(*t.of->resource, t.where(), t.subresource, std::move(*object).finish(), o);
    }

    /// The `scale` subresource of an object.
    auto get_scale(target const& t) const -> result<object::object_ref> {
        auto const current = objects_.read(*t.of, t.where());
        if (!current) return current;
        return object::object_ref{scale_of(*t.of, current->object), current->rev};
    }

private:
    static auto no_such_kind() -> std::unexpected<error> {
        return fail(error_code::not_found, "the server could not find the requested resource");
    }

    auto admit(admission_request& request, admission_step admission::* phase) -> result<void> {
        auto world = admission_world{};
        world.now = now();
        world.find = [this](object::resource_name const& r, object::key const& k) {
            auto const known = kinds_.snapshot();
            auto const* const of = known->find(r);
            auto found = of == nullptr ? result<object::object_ref>(no_such_kind()) : objects_.read(*of, k);
            return found ? found->object : object::any_object();
        };
        world.list = [this](object::resource_name const& r) {
            auto all = list(r, {});
            return all ? std::move(all->items) : std::vector<object::object_ref>();
        };
        for (auto const& link : options_.admission)
            if (link.*phase)
                if (auto ok = (link.*phase)(request, world); !ok) return ok;
        return {};
    }

    // create

    /// A create that is told to draw another name when the drawn one is taken.
    auto create_draft(kind const& k, std::string const& ns, object::draft object, create_options const& o,
                      warnings& notes) -> result<object::object_ref> {
        auto& m = object.metadata();
        if (auto ok = settle_namespace(k, ns, m); !ok) return std::unexpected(std::move(ok).error());
        if (!m.resource_version.empty() && !o.dry_run)
            return bad_request("resourceVersion should not be set on objects to be created");
        m.resource_version.clear();
        constexpr auto draws = 8;
        auto const generated = m.name.empty() && !m.generate_name.empty();
        if (!generated) return create_once(k, std::move(object), o, notes);
        for (auto draw = 1;; ++draw) {
            auto copy = object::draft(object.type());
            object.type().assign(copy.data(), object.data());
            auto done = create_once(k, std::move(copy), o, notes);
            if (done || done.error().code != error_code::already_exists || draw == draws) return done;
        }
    }

    auto create_once(kind const& k, object::draft object, create_options const& o, warnings& notes)
        -> result<object::object_ref> {
        auto& m = object.metadata();
        if (k.set_defaults) k.set_defaults(object.data());
        auto request = admission_request{
            admission_request::operation::create, k, m.namespace_, m.name, {}, &object, {}, o.dry_run, notes};
        if (auto ok = admit(request, &admission::mutate); !ok) return std::unexpected(std::move(ok).error());
        {
            auto const lock = std::scoped_lock(draw_mutex_);
            before_create(k, object, now(), draw_);
        }
        request.name = m.name;
        auto errors = field_errors();
        if (k.validate) k.validate(object.data(), errors);
        else {
            check_path_segment(m.name, errors);
            check_schema(*k.type, object.data(), field_path(""), errors);
        }
        if (!errors.empty()) return errors.refuse(k.resource->group, k.resource->kind, m.name);
        if (k.warnings)
            for (auto& w : k.warnings(object.data(), nullptr)) notes.push_back(std::move(w));
        if (auto ok = admit(request, &admission::validate); !ok)
            return std::unexpected(std::move(ok).error());
        auto const where = m.where();
        if (!o.dry_run) return objects_.create(k, where, std::move(object).finish());
        if (auto const there = objects_.read(k, where); there) return already_exists(*k.resource, where.name);
        return object::object_ref{std::move(object).finish(), 0};
    }

    // update

    auto update_draft(target const& t, object::draft object, update_options const& o, warnings& notes)
        -> result<written> {
        auto& m = object.metadata();
        if (auto ok = check_name(t, m); !ok) return std::unexpected(std::move(ok).error());
        auto const asked =
            o.expected != 0 ? result<object::revision>(o.expected) : parse_revision(m.resource_version);
        if (!asked) return std::unexpected(asked.error());
        m.resource_version.clear();
        for (auto tried = object::revision{0};;) {
            auto const current = objects_.read(*t.of, t.where());
            if (!current && t.of->create_on_update && t.subresource.empty() &&
                current.error().code == error_code::not_found)
                return create_by_update(t, std::move(object), o, *asked, notes);
            if (!current) return std::unexpected(current.error());
            if (auto ok = check_update(t, m, *current, *asked); !ok)
                return std::unexpected(std::move(ok).error());
            auto copy = object::draft(object.type());
            object.type().assign(copy.data(), object.data());
            auto done = write_update(t, *current, std::move(copy), o, notes);
            if (done) return written{*std::move(done), false};
            auto const raced = done.error().code == error_code::conflict && tried != current->rev;
            if (!raced || *asked != 0) return std::unexpected(std::move(done).error());
            tried = current->rev;
        }
    }

    auto create_by_update(target const& t, object::draft object, update_options const& o,
                          object::revision asked, warnings& notes) -> result<written> {
        if (asked != 0) return not_found(*t.of->resource, t.name);
        auto options = create_options{};
        static_cast<write_options&>(options) = o;
        auto done = create_draft(*t.of, t.namespace_, std::move(object), options, notes);
        if (!done) return std::unexpected(std::move(done).error());
        return written{*std::move(done), true};
    }

    /// Defaults, admission, what may not change, validation, and the write itself.
    auto write_update(target const& t, object::object_ref const& current, object::draft object,
                      write_options const& o, warnings& notes) -> result<object::object_ref> {
        auto const& k = *t.of;
        auto const* const part = t.subresource.empty() ? nullptr : k.find_part(t.subresource);
        if (!t.subresource.empty() && part == nullptr) return no_such_kind();
        if (k.set_defaults) k.set_defaults(object.data());
        auto request = admission_request{admission_request::operation::update,
                                         k,
                                         t.namespace_,
                                         t.name,
                                         t.subresource,
                                         &object,
                                         current.object,
                                         o.dry_run,
                                         notes};
        if (auto ok = admit(request, &admission::mutate); !ok) return std::unexpected(std::move(ok).error());
        part == nullptr ? before_update(k, object, current.object)
                        : before_part_update(k, *part, object, current.object);
        auto errors = field_errors();
        auto const& check = part == nullptr ? k.validate_update : part->validate;
        if (check) check(object.data(), current.object.data(), errors);
        else if (!k.validate)
            check_schema_update(*k.type, object.data(), current.object.data(), field_path(""), errors);
        if (!errors.empty()) return errors.refuse(k.resource->group, k.resource->kind, t.name);
        if (k.warnings && part == nullptr)
            for (auto& w : k.warnings(object.data(), current.object.data())) notes.push_back(std::move(w));
        if (auto ok = admit(request, &admission::validate); !ok)
            return std::unexpected(std::move(ok).error());
        return commit_update(k, t.where(), current, std::move(object).finish(), o.dry_run);
    }

    /// Equal, and written alike: amounts such as `1Ki` and `1024` are equal and yet two texts.
    static auto is_same_text(object::any_object const& a, object::any_object const& b) -> bool {
        auto const text = [](object::any_object const& o) {
            auto out = std::string();
            object::append_json(out, o.type(), o.data());
            return out;
        };
        return a == b && text(a) == text(b);
    }

    /// Writes a changed object; an unchanged one is not written, and one that nothing holds any more goes
    /// away.
    auto commit_update(kind const& k, object::key const& where, object::object_ref const& current,
                       object::any_object now_, bool dry_run) -> result<object::object_ref> {
        if (is_same_text(now_, current.object)) return current;
        if (released(k, now_, current.object)) {
            if (dry_run) return object::object_ref{std::move(now_), current.rev};
            auto const gone = objects_.erase(k, where, current.rev);
            if (!gone) return std::unexpected(gone.error());
            return object::object_ref{std::move(now_), *gone};
        }
        if (dry_run) return object::object_ref{std::move(now_), current.rev};
        return objects_.replace(k, where, current.rev, std::move(now_));
    }

    // patch

    /// One attempt of a patch; nothing if another writer came first.
    auto patch_once(target const& t, object::object_ref const& current, api::patch const& p,
                    patch_options const& o, warnings& notes) -> result<std::optional<written>> {
        auto const scaled = t.subresource == "scale";
        auto const before =
            scaled ? object::object_ref{scale_of(*t.of, current.object), current.rev} : current;
        auto const& type = before.object.type();
        auto document = apply_patch(type, encode(before), p, o.validation, notes);
        if (!document) return std::unexpected(std::move(document).error());
        document->erase("kind"); // what a patch says of them does not count
        document->erase("apiVersion");
        auto object =
            body_reader(*kinds_.snapshot(), *type.resource, type, o.validation, notes).read(*document, {});
        if (!object && is_unreadable(object.error())) return unreadable_outcome(*document, object.error());
        if (!object) return std::unexpected(std::move(object).error());
        auto& m = object->metadata();
        auto const asked = parse_revision(m.resource_version);
        if (!asked) return std::unexpected(asked.error());
        m.resource_version.clear();
        if (auto ok = check_name(t, m); !ok) return std::unexpected(std::move(ok).error());
        auto const wanted = o.expected != 0 ? o.expected : *asked;
        if (auto ok = check_update(t, m, current, wanted == 0 ? current.rev : wanted); !ok)
            return std::unexpected(std::move(ok).error());
        auto done = scaled ? write_scale(t, current, object->as<scale>(), o, notes)
                           : write_update(t, current, *std::move(object), o, notes);
        if (done) return std::optional(written{*std::move(done), false});
        if (done.error().code == error_code::conflict) return std::nullopt;
        return std::unexpected(std::move(done).error());
    }

    // scale

    auto update_scale(target const& t, std::string_view body, update_options const& o, warnings& notes)
        -> result<written> {
        auto object =
            body_reader(*kinds_.snapshot(), scale::resource, object::type_of<scale>(), o.validation, notes)
                .read(body);
        if (!object) return std::unexpected(std::move(object).error());
        auto& wanted = object->as<scale>();
        if (auto ok = check_name(t, wanted.metadata); !ok) return std::unexpected(std::move(ok).error());
        auto const asked = parse_revision(wanted.metadata.resource_version);
        if (!asked) return std::unexpected(asked.error());
        for (auto tried = object::revision{0};;) {
            auto const current = objects_.read(*t.of, t.where());
            if (!current) return std::unexpected(current.error());
            if (*asked != 0 && *asked != current->rev) return modified(*t.of->resource, t.name);
            auto done = write_scale(t, *current, wanted, o, notes);
            if (done) return written{*std::move(done), false};
            auto const raced = done.error().code == error_code::conflict && tried != current->rev;
            if (!raced || *asked != 0) return std::unexpected(std::move(done).error());
            tried = current->rev;
        }
    }

    auto write_scale(target const& t, object::object_ref const& current, scale const& wanted,
                     write_options const& o, warnings& notes) -> result<object::object_ref> {
        if (wanted.spec.replicas < 0) {
            auto errors = field_errors();
            auto const spec = field_path("spec");
            errors.invalid(spec.child("replicas"), wanted.spec.replicas,
                           "must be greater than or equal to 0");
            return errors.refuse(scale::resource.group, scale::resource.kind, t.name);
        }
        auto object = object::draft(current.object);
        t.of->set_scale(object.data(), wanted.spec.replicas);
        auto done = write_update({t.of, t.namespace_, t.name, {}}, current, std::move(object), o, notes);
        if (!done) return done;
        return object::object_ref{scale_of(*t.of, done->object), done->rev};
    }

    storage objects_;
    shared_registry kinds_;
    server_options options_;
    std::mutex draw_mutex_;
    random draw_;
};

} // namespace berth::api

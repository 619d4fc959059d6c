#pragma once

/// \file
/// A write on its way through an API server: what is asked, made of what is there.

#include <berth/api/admission.hpp>
#include <berth/api/detail/write_context.hpp>
#include <berth/api/lifecycle.hpp>
#include <berth/api/patching.hpp>
#include <berth/api/preconditions.hpp>
#include <berth/api/storage.hpp>
#include <berth/api/write.hpp>

#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace berth::api::detail {

/// One write of a batch. A `write_task`: `storage::modify` asks it what to do, as often as it must.
class writing {
public:
    writing(write_context const& context, write const& asked) : context_(&context), asked_(&asked) {
        std::visit([this](auto const& r) { begin(r); }, asked);
    }

    [[nodiscard]] auto of() const -> kind const& { return *of_; }
    [[nodiscard]] auto where() const -> object::key const& { return where_; }
    [[nodiscard]] auto needs_read() const -> bool { return needs_read_; }
    [[nodiscard]] auto is_done() const -> bool { return done_; }
    [[nodiscard]] auto may_go_on() const -> bool { return context_->may_go_on(); }
    [[nodiscard]] auto answer() && -> result<written> { return std::move(answer_); }

    auto decide(object::object_ref const& there) -> change {
        auto wanted = removing_ ? go_on_removing(there) : attempt(there);
        if (!wanted) return fail(std::move(wanted).error()), change{};
        if (wanted->what == change::kind::erase) answer_->gone = true;
        if (wanted->what != change::kind::nothing && dry_run_) {
            wrote({std::move(wanted->object), there.rev});
            return {};
        }
        if (wanted->what == change::kind::nothing && !done_) succeed({std::move(wanted->object), there.rev});
        return *std::move(wanted);
    }
    auto wrote(object::object_ref const& now) -> void {
        if (!put_mark_ || dry_run_ || std::exchange(removing_, true)) return succeed(now);
        marked_ = now.rev; // its watchers have seen the mark, now it goes
    }
    auto fail(error why) -> void {
        answer_ = std::unexpected(std::move(why));
        done_ = true;
    }

private:
    // ---- what is asked, and of what

    auto begin(create_request const& r) -> void {
        auto const& m = r.object.metadata();
        auto const* const k = find(r.object.resource());
        if (k == nullptr) return;
        set(*k, m.where(), r.options);
        if (!k->resource->namespaced) where_.namespace_.clear();
        generated_ = m.name.empty() && !m.generate_name.empty();
        needs_read_ = dry_run_ && !generated_;
        if (done_) return;
        if (&r.object.type() != k->type) return fail(wrong_type(*k, r.object));
        if (!m.resource_version.empty() && !dry_run_)
            return fail(bad_request("resourceVersion should not be set on objects to be created").error());
    }
    auto begin(update_request const& r) -> void {
        auto const& m = r.object.metadata();
        auto const* const k = find(r.resource != nullptr ? *r.resource : r.object.resource());
        if (k == nullptr) return;
        set(*k, m.where(), r.options);
        find_part(r.options.subresource);
        if (done_) return;
        auto const& type = projected_ != nullptr ? *projected_->type : *k->type;
        if (&r.object.type() != &type) return fail(wrong_type(*k, r.object));
        auto copy = object::meta();
        copy.name = m.name;
        if (auto ok = check_name(target(), copy); !ok) return fail(std::move(ok).error());
        auto const asked = r.options.expected != 0 ? result<object::revision>(r.options.expected)
                                                   : parse_revision(m.resource_version);
        if (!asked) return fail(asked.error());
        expected_ = *asked;
    }
    auto begin(patch_request const& r) -> void {
        auto const* const k = find(*r.resource);
        if (k == nullptr) return;
        set(*k, r.where, r.options);
        find_part(r.options.subresource);
        expected_ = r.options.expected;
    }
    auto begin(apply_request const& r) -> void {
        if (find(*r.resource) != nullptr)
            fail({error_code::unsupported_media_type, "server-side apply is not supported", {}});
    }
    auto begin(remove_request const& r) -> void {
        if (auto const* const k = find(*r.resource)) set(*k, r.where, r.options);
    }
    auto begin(act_request const& r) -> void {
        auto const* const k = find(*r.resource);
        if (k == nullptr) return;
        set(*k, r.where, r.options);
        subresource_ = r.subresource;
        action_ = k->find<action>(r.subresource);
        if (action_ == nullptr) return fail(no_such_kind().error());
        if (!r.body || &r.body.type() != action_->body) return fail(wrong_type(*k, r.body));
    }

    auto find(object::resource_name const& r) -> kind const* {
        of_ = context_->kinds.find(r);
        if (of_ == nullptr) fail(no_such_kind().error());
        return of_;
    }
    auto set(kind const& k, object::key where, write_options const& o) -> void {
        of_ = &k;
        where_ = std::move(where);
        options_ = &o;
        dry_run_ = o.dry_run;
        auto const answers = k.review && std::holds_alternative<create_request>(*asked_);
        if (!k.stored() && !answers)
            fail({error_code::method_not_allowed,
                  "the server does not allow this method on the requested resource",
                  {}});
    }
    auto find_part(std::string const& name) -> void {
        if (done_ || name.empty()) return;
        subresource_ = name;
        part_ = of_->find<part>(name);
        projected_ = of_->find<projection>(name);
        if (part_ == nullptr && projected_ == nullptr) fail(no_such_kind().error());
    }
    static auto wrong_type(kind const& k, object::any_object const& o) -> error {
        return bad_request("an object of type " + std::string(o ? o.type().name : "none") +
                           " is not what is written to " + qualified(*k.resource))
            .error();
    }
    [[nodiscard]] auto target() const -> api::target {
        return {of_, where_.namespace_, where_.name, subresource_};
    }

    // ---- an attempt

    auto attempt(object::object_ref const& there) -> result<change> {
        answer_ = written{};
        put_mark_ = false;
        return std::visit([&](auto const& r) { return make(r, there); }, *asked_);
    }

    auto make(create_request const& r, object::object_ref const& there) -> result<change> {
        constexpr auto draws = 8;
        if (there && (!generated_ || ++drawn_ == draws)) return taken(there);
        answer_->created = true;
        return make_new(r.object);
    }
    auto taken(object::object_ref const& there) const -> std::unexpected<error> {
        auto refusal = already_exists(*of_->resource, where_.name);
        if (there->metadata().deleting()) refusal.error().message.insert(0, "object is being deleted: ");
        return refusal;
    }
    auto make_new(object::any_object const& asked) -> result<change> {
        auto object = object::draft(asked);
        auto& m = object.metadata();
        if (!of_->resource->namespaced) m.namespace_.clear();
        m.resource_version.clear();
        if (of_->review) return review(std::move(object));
        auto made = context_->make_new(*of_, std::move(object), *options_, answer_->warnings);
        if (!made) return std::unexpected(std::move(made).error());
        where_ = made->metadata().where();
        return change{change::kind::put, *std::move(made)};
    }
    auto review(object::draft object) -> result<change> {
        if (of_->set_defaults) of_->set_defaults(object.data());
        if (auto ok = context_->check_new(*of_, object, answer_->warnings); !ok)
            return std::unexpected(std::move(ok).error());
        auto said = of_->review(object.data(), context_->about(dry_run_));
        if (!said) return std::unexpected(std::move(said).error());
        return change{change::kind::nothing, *std::move(said)};
    }

    auto make(update_request const& r, object::object_ref const& there) -> result<change> {
        auto const& m = r.object.metadata();
        if (!there && of_->create_on_update && subresource_.empty() && expected_ == 0) {
            answer_->created = true;
            return make_new(r.object);
        }
        if (!there) return not_found(*of_->resource, where_.name);
        if (auto ok = check_update(target(), m, there, expected_); !ok)
            return std::unexpected(std::move(ok).error());
        return write_over(r.object.type(), r.object.data(), there);
    }

    /// Makes the written object of what is there and what was asked for.
    auto write_over(object::type_info const& type, void const* asked, object::object_ref const& there)
        -> result<change> {
        if (projected_ != nullptr) return write_projection(asked, there);
        auto object = part_ != nullptr ? with_part(*part_, there.object, type, asked) : copy_of(type, asked);
        object.metadata().resource_version.clear();
        object.metadata().namespace_ = there->metadata().namespace_;
        return finish(std::move(object), there);
    }
    static auto copy_of(object::type_info const& type, void const* asked) -> object::draft {
        auto out = object::draft(type);
        type.assign(out.data(), asked);
        return out;
    }
    auto write_projection(void const* asked, object::object_ref const& there) -> result<change> {
        auto errors = field_errors();
        auto object = object::draft(there.object);
        projected_->write(object.data(), asked, errors);
        auto const& r = *projected_->type->resource;
        if (!errors.empty()) return errors.refuse(r.group, r.kind, where_.name);
        return finish(std::move(object), there);
    }
    auto finish(object::draft object, object::object_ref const& there) -> result<change> {
        auto const about = projected_ != nullptr ? std::string() : subresource_;
        return context_->make_update({of_, where_.namespace_, where_.name, about}, part_, std::move(object),
                                     there, *options_, answer_->warnings);
    }

    /// One attempt of a patch.
    auto make(patch_request const& r, object::object_ref const& there) -> result<change> {
        if (!there) return not_found(*of_->resource, where_.name);
        auto const before = presented(there);
        auto const& type = before.object.type();
        auto& notes = answer_->warnings;
        auto document = apply_patch(type, encode(before), r.patch, r.options.validation, notes);
        if (!document) return std::unexpected(std::move(document).error());
        document->erase("kind"); // what a patch says of them does not count
        document->erase("apiVersion");
        auto object = body_reader(context_->kinds, *type.resource, type, r.options.validation, notes)
                          .read(*document, {});
        if (!object && is_unreadable(object.error())) return unreadable_outcome(*document, object.error());
        if (!object) return std::unexpected(std::move(object).error());
        auto& m = object->metadata();
        auto const asked = parse_revision(m.resource_version);
        if (!asked) return std::unexpected(asked.error());
        m.resource_version.clear();
        if (auto ok = check_name(target(), m); !ok) return std::unexpected(std::move(ok).error());
        auto const wanted = expected_ != 0 ? expected_ : *asked;
        if (auto ok = check_update(target(), m, there, wanted == 0 ? there.rev : wanted); !ok)
            return std::unexpected(std::move(ok).error());
        return write_over(type, object->data(), there);
    }

    auto make(apply_request const&, object::object_ref const&) -> result<change> { return change{}; }

    auto make(act_request const& r, object::object_ref const& there) -> result<change> {
        if (!there) return not_found(*of_->resource, where_.name);
        auto body = object::draft(r.body);
        auto request = context_->request(admission_request::operation::connect, target(), &body, there.object,
                                         dry_run_, answer_->warnings);
        if (auto ok = context_->admit(request); !ok) return std::unexpected(std::move(ok).error());
        auto object = object::draft(there.object);
        auto said = action_->apply(object.data(), body.data(), context_->about(dry_run_));
        if (!said) return std::unexpected(std::move(said).error());
        reply_ = *std::move(said);
        return context_->finish_update(target(), std::move(object), there, *options_);
    }

    auto make(remove_request const& r, object::object_ref const& there) -> result<change> {
        if (!there) return not_found(*of_->resource, where_.name);
        if (auto ok = check_preconditions(*of_, there, r.options); !ok)
            return std::unexpected(std::move(ok).error());
        auto request = context_->request(admission_request::operation::remove, target(), nullptr,
                                         there.object, dry_run_, answer_->warnings);
        if (auto ok = context_->admit(request, &admission::validate); !ok)
            return std::unexpected(std::move(ok).error());
        using what = deletion_step::kind;
        auto step = plan_deletion(*of_, there.object, r.options, context_->now);
        auto const unchanged = step.what != what::nothing && step.object == there.object;
        if (step.what == what::nothing) return change{change::kind::nothing, there.object};
        if (step.what == what::update) {
            if (unchanged) return change{change::kind::nothing, there.object};
            return change{change::kind::put, std::move(step.object)};
        }
        answer_->gone = true;
        put_mark_ = step.marked && !unchanged;
        last_ = step.object;
        return change{put_mark_ ? change::kind::put : change::kind::erase, std::move(step.object)};
    }

    /// Removes an object that was just marked. Others see the mark, and may write the object once more or
    /// remove it first: it goes all the same.
    auto go_on_removing(object::object_ref const& there) -> result<change> {
        if (there && there->metadata().uid == last_.metadata().uid) return change{change::kind::erase, last_};
        succeed({last_, marked_});
        return change{};
    }

    // ---- the answer

    /// The object as the one who asks sees it: through a projection, if that was written.
    [[nodiscard]] auto presented(object::object_ref const& o) const -> object::object_ref {
        return projected_ == nullptr ? o : project(*projected_, o);
    }
    auto succeed(object::object_ref const& now) -> void {
        answer_->object = reply_ ? object::object_ref{reply_, now.rev} : presented(now);
        done_ = true;
    }

    write_context const* context_;
    write const* asked_;
    kind const* of_ = nullptr;
    object::key where_;
    std::string subresource_;
    write_options const* options_ = nullptr;
    part const* part_ = nullptr;
    projection const* projected_ = nullptr;
    action const* action_ = nullptr;
    object::revision expected_ = 0;
    bool dry_run_ = false;
    bool needs_read_ = true;
    bool generated_ = false;
    int drawn_ = 0;

    // of a deletion that is told to watchers before it happens
    bool put_mark_ = false;
    bool removing_ = false;
    object::revision marked_ = 0;
    object::any_object last_;
    object::any_object reply_;
    bool done_ = false;
    result<written> answer_;
};

} // namespace berth::api::detail

#pragma once

/// \file
/// The bodies of `berth/api/detail/writing.hpp`.

#include <berth/api/detail/fence_guard.hpp>
#include <berth/api/detail/projection_apply.hpp>
#include <berth/api/detail/writing.hpp>
#include <berth/core/config.hpp>

#include <boost/json/monotonic_resource.hpp>

#include <variant>

namespace berth::api::detail {

/// An object as it comes back from the store: another version may have no place for all of it.
inline auto as_it_is_kept(kind const& k, object::object_ref const& o) -> result<object::object_ref> {
    auto stored = k.storage.to_stored(o.object);
    if (!stored) return std::unexpected(std::move(stored).error());
    auto back = as_kind(k, *stored);
    if (!back) return std::unexpected(std::move(back).error());
    return object::object_ref{*std::move(back), o.rev};
}

/// Documents say nothing of how their lists are merged.
inline auto no_strategic_patch() -> error {
    return {error_code::unsupported_media_type,
            "the body of the request was in an unknown format - accepted media types include: "
            "application/json-patch+json, application/merge-patch+json, application/apply-patch+yaml",
            {}};
}

BERTH_DECL writing::writing(write_context const& context, write const& asked)
    : context_(&context), asked_(&asked) {
    std::visit([this](auto const& r) { begin(r); }, asked);
}

BERTH_DECL auto writing::answer() && -> result<written> { return std::move(answer_); }

BERTH_DECL auto writing::decide(object::object_ref const& there) -> change {
    if (auto ok = check_fence(); !ok) return fail(std::move(ok).error()), change{};
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

BERTH_DECL auto writing::check_fence() -> result<void> {
    if (options_ == nullptr || options_->fenced_by == nullptr) return {};
    auto found = guard_of(context_->objects, context_->kinds, *options_->fenced_by);
    if (!found) return std::unexpected(std::move(found).error());
    guard_ = *std::move(found);
    return {};
}

BERTH_DECL auto writing::succeed(object::object_ref const& now) -> void {
    auto kept = result<object::object_ref>(now);
    if (of_->storage.to_stored && of_->documents.open && now) kept = as_it_is_kept(*of_, now);
    if (reply_) kept = object::object_ref{reply_, now.rev};
    else if (kept) kept = presented(*kept);
    if (!kept) return fail(std::move(kept).error());
    answer_->object = *std::move(kept);
    done_ = true;
}

BERTH_DECL auto writing::fail(error why) -> void {
    if (answer_) std::swap(why.warnings, answer_->warnings);
    answer_ = std::unexpected(std::move(why));
    done_ = true;
}

BERTH_DECL auto writing::begin(create_request const& r) -> void {
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

BERTH_DECL auto writing::begin(update_request const& r) -> void {
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

BERTH_DECL auto writing::begin(patch_request const& r) -> void {
    auto const* const k = find(*r.resource);
    if (k == nullptr) return;
    if (k->documents.open && r.patch.type == patch_type::strategic) return fail(no_strategic_patch());
    set(*k, r.where, r.options);
    find_part(r.options.subresource);
    expected_ = r.options.expected;
}

BERTH_DECL auto writing::begin(apply_request const& r) -> void {
    auto const* const k = find(*r.resource);
    if (k == nullptr) return;
    set(*k, r.where, r.options);
    find_part(r.options.subresource);
    expected_ = r.options.expected;
    if (done_ || !r.options.field_manager.empty()) return;
    fail(invalid("meta.k8s.io", "PatchOptions", "",
                 {{"FieldValueRequired", "Required value: is required for apply patch", "fieldManager"}})
             .error());
}

BERTH_DECL auto writing::begin(act_request const& r) -> void {
    auto const* const k = find(*r.resource);
    if (k == nullptr) return;
    set(*k, r.where, r.options);
    subresource_ = r.subresource;
    action_ = k->find<action>(r.subresource);
    if (action_ == nullptr) return fail(no_such_kind().error());
    if (!r.body || &r.body.type() != action_->body) return fail(wrong_type(*k, r.body));
}

BERTH_DECL auto writing::find(object::resource_name const& r) -> kind const* {
    of_ = context_->kinds.find(r);
    if (of_ == nullptr) fail(no_such_kind().error());
    return of_;
}

BERTH_DECL auto writing::set(kind const& k, object::key where, write_options const& o) -> void {
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

BERTH_DECL auto writing::find_part(std::string const& name) -> void {
    if (done_ || name.empty()) return;
    subresource_ = name;
    part_ = of_->find<part>(name);
    projected_ = of_->find<projection>(name);
    if (part_ == nullptr && projected_ == nullptr) fail(no_such_kind().error());
}

BERTH_DECL auto writing::wrong_type(kind const& k, object::any_object const& o) -> error {
    return bad_request("an object of type " + std::string(o ? o.type().name : "none") +
                       " is not what is written to " + qualified(*k.resource))
        .error();
}

BERTH_DECL auto writing::attempt(object::object_ref const& there) -> result<change> {
    noted_ = std::move(std::exchange(answer_, written{})->warnings);
    put_mark_ = false;
    return std::visit([&](auto const& r) { return make(r, there); }, *asked_);
}

BERTH_DECL auto writing::make(create_request const& r, object::object_ref const& there) -> result<change> {
    constexpr auto draws = 8;
    if (there && (!generated_ || ++drawn_ == draws)) return taken(r.object, there);
    answer_->created = true;
    return make_new(r.object);
}

BERTH_DECL auto writing::taken(object::any_object const& asked, object::object_ref const& there)
    -> result<change> {
    answer_->warnings = std::move(noted_);
    if (needs_read_) // nobody has looked at it yet, and what is wrong with it counts for more
        if (auto made = make_new(asked); !made) return made;
    auto refusal = already_exists(*of_->resource, where_.name);
    if (there->metadata().deleting()) refusal.error().message.insert(0, "object is being deleted: ");
    return refusal;
}

BERTH_DECL auto writing::make_new(object::any_object const& asked) -> result<change> {
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

BERTH_DECL auto writing::review(object::draft object) -> result<change> {
    if (of_->set_defaults) of_->set_defaults(object.data());
    if (auto ok = context_->check_new(*of_, object, answer_->warnings); !ok)
        return std::unexpected(std::move(ok).error());
    auto said = of_->review(object.data(), context_->about(dry_run_));
    if (!said) return std::unexpected(std::move(said).error());
    return change{change::kind::nothing, *std::move(said)};
}

BERTH_DECL auto writing::make(update_request const& r, object::object_ref const& there) -> result<change> {
    auto const& m = r.object.metadata();
    if (!there && of_->create_on_update && subresource_.empty() && expected_ == 0) {
        answer_->created = true;
        return make_new(r.object);
    }
    if (!there) return not_found(*of_->resource, where_.name);
    // What is seen through a projection may be written without a revision.
    auto const expected = projected_ != nullptr && expected_ == 0 ? there.rev : expected_;
    if (auto ok = check_update(target(), m, there, expected); !ok)
        return std::unexpected(std::move(ok).error());
    return write_over(r.object.type(), r.object.data(), there);
}

BERTH_DECL auto writing::write_over(object::type_info const& type, void const* asked,
                                    object::object_ref const& there) -> result<change> {
    if (projected_ != nullptr) return write_projection(asked, there);
    auto object = part_ != nullptr ? with_part(*part_, there.object, type, asked) : copy_of(type, asked);
    object.metadata().resource_version.clear();
    object.metadata().namespace_ = there->metadata().namespace_;
    return finish(std::move(object), there);
}

BERTH_DECL auto writing::copy_of(object::type_info const& type, void const* asked) -> object::draft {
    auto out = object::draft(type);
    type.assign(out.data(), asked);
    return out;
}

BERTH_DECL auto writing::write_projection(void const* asked, object::object_ref const& there)
    -> result<change> {
    auto errors = field_errors();
    auto object = object::draft(there.object);
    projected_->write(object.data(), asked, errors);
    auto const& r = *projected_->type->resource;
    if (!errors.empty()) return errors.refuse(r.group, r.kind, where_.name);
    return finish(std::move(object), there);
}

BERTH_DECL auto writing::finish(object::draft object, object::object_ref const& there, write_note how)
    -> result<change> {
    how.subresource = subresource_;
    auto const about = projected_ != nullptr ? std::string() : subresource_;
    return context_->make_update({of_, where_.namespace_, where_.name, about}, part_, std::move(object),
                                 there, *options_, answer_->warnings, how);
}

BERTH_DECL auto writing::make(patch_request const& r, object::object_ref const& there) -> result<change> {
    if (!there) return not_found(*of_->resource, where_.name);
    auto const before = presented(there);
    if (!before) return std::unexpected(before.error());
    auto const& type = before->object.type();
    auto& notes = answer_->warnings;
    auto const text = encode(*before);
    auto document = apply_patch(type, text, r.patch, r.options.validation, notes);
    if (!document) return std::unexpected(std::move(document).error());
    auto reader = body_reader(context_->kinds, *type.resource, type, r.options.validation, notes);
    auto object = reader.read_patched(*document, r.patch.type, text.size() + r.patch.body.size());
    if (!object) return unreadable_outcome(r.patch, *document, object.error(), of_->documents.open);
    auto& m = object->metadata();
    auto const asked = parse_revision(m.resource_version);
    if (!asked) return std::unexpected(asked.error());
    m.resource_version.clear();
    if (auto ok = check_name(target(), m); !ok) return std::unexpected(std::move(ok).error());
    auto const wanted = expected_ != 0 ? expected_ : *asked;
    if (auto ok = check_revision(target(), there, wanted == 0 ? there.rev : wanted); !ok)
        return std::unexpected(std::move(ok).error());
    return write_over(type, object->data(), there);
}

BERTH_DECL auto writing::complain_twice(object::json_document const& document, field_validation validation)
    -> result<void> {
    if (document.duplicate_paths.empty() || validation == field_validation::ignore) return {};
    auto complaint = std::string("error converting YAML to JSON: yaml: unmarshal errors:");
    for (auto const& path : document.duplicate_paths) {
        auto const name = path.substr(path.rfind('.') + 1);
        complaint += "\n  key \"" + name + "\" already set in map";
    }
    if (validation == field_validation::strict)
        return bad_request("error strict decoding YAML: " + complaint);
    answer_->warnings.push_back(std::move(complaint));
    return {};
}

/// Most documents are read into as much memory on the stack.
inline constexpr std::size_t parse_space = 4096;

BERTH_DECL auto writing::make(apply_request const& r, object::object_ref const& there) -> result<change> {
    if (!there && !subresource_.empty()) return not_found(*of_->resource, where_.name);
    unsigned char space[parse_space];
    auto memory = boost::json::monotonic_resource(space, sizeof space);
    auto document = object::parse_document(r.body.empty() ? "null" : std::string_view(r.body), &memory);
    if (!document) return bad_request("error decoding YAML: " + document.error().message);
    if (document->value.is_null() && of_->documents.open) return bad_request("invalid object type: /, Kind=");
    if (document->value.is_null()) document->value.emplace_object(); // Go's reader of YAML takes it as such
    if (!document->value.is_object())
        return bad_request("error decoding YAML: error unmarshaling JSON: while decoding JSON: json: cannot "
                           "unmarshal into Go value of type map[string]interface {}");
    if (projected_ != nullptr) return apply_projection(r, *document, there);
    auto object = there ? object::draft(there.object) : object::draft(*of_->type);
    auto changed = context_->apply(*of_, object, there, document->value, r.options);
    if (!changed) return std::unexpected(std::move(changed).error());
    if (auto ok = complain_twice(*document, r.options.validation); !ok)
        return std::unexpected(std::move(ok).error());
    auto& m = object.metadata();
    if (auto ok = check_name(target(), m); !ok) return std::unexpected(std::move(ok).error());
    auto const asked = parse_revision(m.resource_version);
    if (!asked) return std::unexpected(asked.error());
    m.resource_version.clear();
    if (!there) return apply_new(r, std::move(object));
    auto const wanted = expected_ != 0 ? expected_ : *asked;
    if (auto ok = check_update(target(), m, there, wanted == 0 ? there.rev : wanted); !ok)
        return std::unexpected(std::move(ok).error());
    if (part_ == nullptr) return finish(std::move(object), there, {.applied = true, .untouched = !*changed});
    return finish(with_part(*part_, there.object, object.type(), object.data()), there, {.applied = true});
}

BERTH_DECL auto writing::apply_new(apply_request const& r, object::draft object) -> result<change> {
    auto const& m = object.metadata();
    if (!m.uid.empty())
        return conflict(*of_->resource, where_.name,
                        "uid mismatch: the provided object specified uid " + m.uid +
                            ", and no existing object was found");
    answer_->created = true;
    auto made = context_->make_new(*of_, std::move(object), r.options, answer_->warnings, {.applied = true});
    if (!made) return std::unexpected(std::move(made).error());
    return change{change::kind::put, *std::move(made)};
}

BERTH_DECL auto writing::apply_projection(apply_request const& r, object::json_document const& document,
                                          object::object_ref const& there) -> result<change> {
    auto const writer = field_write{r.options.field_manager, subresource_,      of_->resource,
                                    context_->now,           &context_->fields, nullptr};
    auto const before = presented(there);
    if (!before) return std::unexpected(before.error());
    auto shown = object::draft(before->object);
    auto errors = field_errors();
    auto object =
        apply_projected(*projected_, there.object, shown, document.value, writer, r.options.force, errors);
    if (!object) return std::unexpected(std::move(object).error());
    if (auto ok = complain_twice(document, r.options.validation); !ok)
        return std::unexpected(std::move(ok).error());
    auto& m = shown.metadata();
    if (auto ok = check_name(target(), m); !ok) return std::unexpected(std::move(ok).error());
    auto const asked = parse_revision(m.resource_version);
    if (!asked) return std::unexpected(asked.error());
    auto const wanted = expected_ != 0 ? expected_ : *asked;
    if (auto ok = check_update(target(), m, there, wanted == 0 ? there.rev : wanted); !ok)
        return std::unexpected(std::move(ok).error());
    auto const& resource = *projected_->type->resource;
    if (!errors.empty()) return errors.refuse(resource.group, resource.kind, where_.name);
    return finish(*std::move(object), there, {.applied = true});
}

BERTH_DECL auto writing::make(act_request const& r, object::object_ref const& there) -> result<change> {
    auto body = object::draft(r.body);
    auto request = context_->request(admission_request::operation::connect, target(), &body, there, dry_run_,
                                     answer_->warnings);
    if (auto ok = context_->admit(request); !ok) return std::unexpected(std::move(ok).error());
    if (!there) return not_found(*of_->resource, where_.name);
    auto object = object::draft(there.object);
    auto said = action_->apply(object.data(), body.data(), context_->about(dry_run_, there.rev));
    if (!said) return std::unexpected(std::move(said).error());
    reply_ = *std::move(said);
    return context_->finish_update(target(), std::move(object), there);
}

BERTH_DECL auto writing::make(remove_request const& r, object::object_ref const& there) -> result<change> {
    if (!r.options.policy && !of_->default_propagation_note.empty())
        answer_->warnings.emplace_back(of_->default_propagation_note);
    if (!there) return not_found(*of_->resource, where_.name);
    if (auto ok = check_preconditions(*of_, there, r.options); !ok)
        return std::unexpected(std::move(ok).error());
    auto request = context_->request(admission_request::operation::remove, target(), nullptr, there, dry_run_,
                                     answer_->warnings);
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

BERTH_DECL auto writing::go_on_removing(object::object_ref const& there) -> result<change> {
    if (there && there->metadata().uid == last_.metadata().uid) return change{change::kind::erase, last_};
    succeed({last_, marked_});
    return change{};
}

} // namespace berth::api::detail

"""The desk's own forms in the clothes of the admin: the same fields and checks, other widgets."""

from django import forms
from unfold.widgets import (
    UnfoldAdminIntegerFieldWidget,
    UnfoldAdminSelectMultipleWidget,
    UnfoldAdminSelectWidget,
    UnfoldAdminTextInputWidget,
    UnfoldBooleanSwitchWidget,
)

WIDGETS = {
    forms.CheckboxInput: UnfoldBooleanSwitchWidget,
    forms.NumberInput: UnfoldAdminIntegerFieldWidget,
    forms.Select: UnfoldAdminSelectWidget,
    forms.SelectMultiple: UnfoldAdminSelectMultipleWidget,
    forms.TextInput: UnfoldAdminTextInputWidget,
}


class Dressed(forms.BaseForm):
    """To stand before a form's other bases."""

    def __init__(self, *args: object, **options: object) -> None:
        super().__init__(*args, **options)
        for field in self.fields.values():
            made = WIDGETS.get(type(field.widget))
            if made is not None:
                field.widget = made()
                field.widget.is_required = field.required
                if isinstance(field, forms.ChoiceField | forms.ModelChoiceField):
                    field.widget.choices = field.choices
